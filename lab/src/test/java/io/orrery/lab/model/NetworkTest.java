package io.orrery.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.UserError;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Initialization;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.train.TestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
    private static final Shape IMAGE = Shape.of(2, 6, 5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everyLayerSatisfiesTheHomogeneityIdentity(int depth) {
        // Core theory, section 1: sum over i, j of V_k[i, j] df/dV_k[i, j] = f for every k.
        TestSpec spec = new TestSpec();
        List<Integer> widths = new ArrayList<>();
        for (int i = 1; i < depth; i++) {
            widths.add(5 + i);
        }
        spec.architecture = new Mlp(widths);
        spec.normalization = Normalization.FROBENIUS;
        Network network = Network.of(spec.model(), Shape.of(4), 1);
        requireHomogeneity(network, 1);
    }

    @Test
    void convolutionsLocalLayersAndPoolingAreHomogeneousToo() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(
                List.of(
                        new Conv(3, 3, 1, 1),
                        new MaxPool(2, 2),
                        new AveragePool(2, 1),
                        new Local(4, 1, 1, 0),
                        new GlobalPool()),
                true);
        requireHomogeneity(Network.of(spec.model(), IMAGE, 1), 7);
    }

    private static void requireHomogeneity(Network network, long seed) {
        State state = state(network, seed);
        Graph graph = new Graph(Precision.DOUBLE);
        Map<String, Node> values = network.read(graph);
        int[] sizes = new int[network.example().rank() + 1];
        sizes[0] = 1;
        System.arraycopy(
                network.example().sizes(), 0, sizes, 1, network.example().rank());
        Node input = graph.input("x", Shape.of(sizes));
        Node output = network.evaluate(graph, values, input).outputs().sum();
        List<Node> weights = network.layers().stream()
                .map(layer -> java.util.Objects.requireNonNull(
                        values.get(layer.weight().name())))
                .toList();
        List<Node> gradients = Gradient.of(output, weights);
        graph.output("f", output);
        for (int k = 0; k < weights.size(); k++) {
            graph.output("along " + k, gradients.get(k).multiply(weights.get(k)).sum());
        }
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        for (int example = 0; example < 20; example++) {
            execution.set(
                    "x",
                    RandomStream.of(seed, "x").normals(example, input.shape().count()));
            execution.run();
            double f = execution.scalar("f");
            for (int k = 0; k < weights.size(); k++) {
                assertThat(execution.scalar("along " + k)).isCloseTo(f, within(1e-10 * Math.max(1, Math.abs(f))));
            }
        }
    }

    @Test
    void parametersHavePyTorchsNamesAndLayouts() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Cnn(List.of(4), 3, 1, 1, Cnn.Pool.MAX, false, List.of(7));
        spec.normalization = Normalization.BATCH;
        spec.bias = true;
        Network network = Network.of(spec.model(), IMAGE, 3);
        assertThat(network.arrays().toString())
                .isEqualTo("{layers.0.weight=[4, 2, 3, 3], layers.0.bias=[4], layers.0.norm.weight=[4],"
                        + " layers.0.norm.bias=[4], layers.2.weight=[7, 24], layers.2.bias=[7],"
                        + " layers.2.norm.weight=[7], layers.2.norm.bias=[7], layers.3.weight=[3, 7],"
                        + " layers.3.bias=[3], layers.0.norm.running_mean=[4], layers.0.norm.running_var=[4],"
                        + " layers.2.norm.running_mean=[7], layers.2.norm.running_var=[7]}");
    }

    @Test
    void theLastLayerMayHaveOrLackABiasOfItsOwn() {
        TestSpec spec = new TestSpec();
        spec.outputBias = java.util.Optional.of(true);
        assertThat(Network.of(spec.model(), Shape.of(4), 3).arrays().keySet())
                .containsExactly("layers.0.weight", "layers.1.weight", "layers.1.bias");
        assertThat(Network.of(spec.model(), Shape.of(4), 3).homogeneous()).isFalse();
        spec.bias = true;
        spec.outputBias = java.util.Optional.of(false);
        assertThat(Network.of(spec.model(), Shape.of(4), 3).arrays().keySet())
                .containsExactly("layers.0.weight", "layers.0.bias", "layers.1.weight");
    }

    @Test
    void frobeniusRefusesABiasOfTheLastLayer() {
        TestSpec spec = new TestSpec();
        spec.normalization = Normalization.FROBENIUS;
        spec.outputBias = java.util.Optional.of(true);
        assertThatThrownBy(() -> Network.of(spec.model(), Shape.of(4), 3))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("model.outputBias: expected false, found true; frobenius");
    }

    /** 40,000 normal numbers have a standard deviation within 2% of the true one (six times its standard error). */
    @Test
    void initialDeviationsAreThoseOfTheirNames() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(200));
        spec.initialization = Initialization.NORMAL;
        spec.initialScale = 0.1;
        assertThat(deviation(spec)).isCloseTo(0.1, within(0.002));
        spec.initialization = Initialization.LECUN;
        assertThat(deviation(spec)).isCloseTo(0.1 * Math.sqrt(1 / 200.0), within(0.02 * 0.1 * Math.sqrt(1 / 200.0)));
    }

    private static double deviation(TestSpec spec) {
        Network network = Network.of(spec.model(), Shape.of(200), 3);
        double[] weight =
                java.util.Objects.requireNonNull(Initial.of(network, 1).get("layers.0.weight"));
        return Initial.norm(weight) / Math.sqrt(weight.length);
    }

    @Test
    void eachLayerMayHaveAnInitialFactorOfItsOwn() {
        TestSpec spec = new TestSpec();
        var plain = Initial.of(Network.of(spec.model(), Shape.of(4), 3), 1);
        spec.initialScales = List.of(1.5, 0.25);
        var scaled = Initial.of(Network.of(spec.model(), Shape.of(4), 3), 1);
        plain.forEach((name, values) -> assertThat(scaled.get(name))
                .containsExactly(Initial.scaled(values.clone(), name.startsWith("layers.0") ? 1.5 : 0.25)));
        spec.initialScales = List.of(1.5);
        assertThatThrownBy(() -> Network.of(spec.model(), Shape.of(4), 3))
                .isInstanceOf(UserError.class)
                .hasMessage("model.initialScales: expected one factor for each weight layer, 2 of them"
                        + " (layers.0, layers.1), found 1");
    }

    @Test
    void aLocalLayerWithEqualKernelsIsAConvolution() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(new Local(3, 3, 2, 1)), false);
        spec.activation = Activation.LINEAR;
        Network local = Network.of(spec.model(), IMAGE, 27);
        spec.architecture = new Layered(List.of(new Conv(3, 3, 2, 1)), false);
        Network conv = Network.of(spec.model(), IMAGE, 27);
        State kernel = state(conv, 3);
        State kernels = state(local, 3);
        double[] one = kernel.read("layers.0.weight");
        double[] all = new double[9 * one.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length];
        }
        kernels.write("layers.0.weight", all);
        double[] images = RandomStream.of(5, "images").normals(0, 2 * IMAGE.count());
        assertThat(outputs(local, kernels, images, 2))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(outputs(conv, kernel, images, 2));
    }

    @Test
    void aResidualBlockAddsItsInputOrItsProjection() {
        TestSpec spec = new TestSpec();
        spec.architecture =
                new Layered(List.of(new Residual(List.of(new Dense(4))), new Residual(List.of(new Dense(3)))), true);
        Network network = Network.of(spec.model(), Shape.of(4), 2);
        assertThat(network.arrays().keySet())
                .containsExactly(
                        "layers.0.layers.0.weight",
                        "layers.1.layers.0.weight",
                        "layers.1.projection.weight",
                        "layers.2.weight");
        State state = state(network, 1);
        state.write("layers.0.layers.0.weight", new double[16]);
        state.write("layers.1.layers.0.weight", new double[12]);
        state.write("layers.1.projection.weight", new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});
        state.write("layers.2.weight", new double[] {1, 2, 3, 0, 0, 1});
        assertThat(outputs(network, state, new double[] {-5, 7, 11, 13}, 1)).containsExactly(-5 + 14 + 33, 11);
        assertThat(network.homogeneous()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Initialization.class)
    void initialWeightsHaveTheirStatedScale(Initialization initialization) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(200));
        spec.initialization = initialization;
        Network network = Network.of(spec.model(), Shape.of(300), 10);
        double[] weight =
                java.util.Objects.requireNonNull(Initial.of(network, 9).get("layers.0.weight"));
        double square = Initial.norm(weight) * Initial.norm(weight);
        switch (initialization) {
            case HE -> assertThat(square / weight.length).isCloseTo(2.0 / 300, within(1e-4));
            case XAVIER -> assertThat(square / weight.length).isCloseTo(2.0 / 500, within(1e-4));
            case CONSTANT_NORM -> assertThat(square).isCloseTo(1, within(1e-12));
            case ORTHOGONAL -> {
                double along = 0;
                for (int j = 0; j < 300; j++) {
                    along += weight[j] * weight[7 * 300 + j];
                }
                assertThat(along).isCloseTo(0, within(1e-14));
                assertThat(square).isCloseTo(200, within(1e-10));
            }
        }
        assertThat(Initial.of(network, 9).get("layers.0.weight")).containsExactly(weight);
        assertThat(Initial.of(network, 10).get("layers.0.weight")).isNotEqualTo(weight);
    }

    @Test
    void impossibleModelsAreRefusedWithTheLayerAndItsShapes() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(new Conv(3, 9, 1, 0)), true);
        assertThatThrownBy(() -> Network.of(spec.model(), IMAGE, 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layers.0 does not fit its input [2, 6, 5]")
                .hasMessageContaining("kernel of 9");
        assertThatThrownBy(() -> Network.of(spec.model(), Shape.of(8), 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layers.0: a convolution needs an image");
        spec.architecture = new Layered(List.of(new Conv(3, 3, 1, 1)), false);
        assertThatThrownBy(() -> Network.of(spec.model(), IMAGE, 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("need 2 outputs");
        spec.architecture = new Mlp(List.of(4));
        spec.normalization = Normalization.FROBENIUS;
        spec.bias = true;
        assertThatThrownBy(() -> Network.of(spec.model(), IMAGE, 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model.bias")
                .hasMessageContaining("homogeneous");
    }

    static double[] outputs(Network network, State state, double[] inputs, int batch) {
        Graph graph = new Graph(Precision.DOUBLE);
        int[] sizes = new int[network.example().rank() + 1];
        sizes[0] = batch;
        System.arraycopy(
                network.example().sizes(), 0, sizes, 1, network.example().rank());
        graph.output(
                "g",
                network.evaluate(graph, network.read(graph), graph.input("x", Shape.of(sizes)))
                        .outputs());
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        execution.set("x", inputs);
        execution.run();
        return execution.read("g");
    }

    static State state(Network network, long seed) {
        State state = new State(new StateLayout(Precision.DOUBLE, network.arrays()));
        Initial.of(network, seed).forEach(state::write);
        return state;
    }
}
