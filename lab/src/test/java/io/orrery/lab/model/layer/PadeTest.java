package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.TestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class PadeTest {
    private static final String NUMERATOR = "layers.0.numerator";
    private static final String DENOMINATOR = "layers.0.denominator";

    private final Network network = network();
    private final State state = new State(new StateLayout(Precision.DOUBLE, network.arrays()));

    PadeTest() {
        Initial.of(network, 1).forEach(state::write);
        state.write("layers.1.weight", new double[] {1});
    }

    /** The activation of one number, whose result a weight of 1 hands out. */
    private static Network network() {
        TestSpec spec = new TestSpec();
        spec.activation = Activation.LINEAR;
        spec.architecture = new Layered(List.of(new Pade()), true);
        return Network.of(spec.model(), Shape.of(1), 1);
    }

    private double value(double x) {
        return run(x, List.of()).getFirst()[0];
    }

    /** The output, and its gradients by trained arrays. */
    private List<double[]> run(double x, List<String> arrays) {
        Graph graph = new Graph(Precision.DOUBLE);
        SequencedMap<String, Node> values = network.read(graph);
        Node output = network.evaluate(graph, values, graph.input("x", Shape.of(1, 1)))
                .outputs();
        graph.output("output", output);
        List<Node> by = arrays.stream()
                .map(name -> Objects.requireNonNull(values.get(name)))
                .toList();
        List<Node> gradients = by.isEmpty() ? List.of() : Gradient.of(output.sum(), by);
        for (int i = 0; i < by.size(); i++) {
            graph.output(arrays.get(i), gradients.get(i));
        }
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        execution.set("x", new double[] {x});
        execution.run();
        List<double[]> found = new ArrayList<>();
        found.add(execution.read("output"));
        arrays.forEach(name -> found.add(execution.read(name)));
        return found;
    }

    @Test
    void startsNearTheLeakyRelu() {
        double worst = 0;
        for (double x = -3; x <= 3; x += 0.01) {
            worst = Math.max(worst, Math.abs(value(x) - (x > 0 ? x : 0.01 * x)));
        }
        assertThat(worst).isBetween(0.03, 0.0345);
    }

    @Test
    void isTheRatioOfItsPolynomials() {
        state.write(NUMERATOR, new double[] {1, 2, 3, 4, 5, 6});
        state.write(DENOMINATOR, new double[] {1, -2, 0, -1});
        // 1 + 4 + 12 + 32 + 80 + 192 = 321, and 2 - 8 + 0 - 16 = -22.
        assertThat(value(2)).isCloseTo(321.0 / 23, within(1e-12));
        assertThat(value(0)).isEqualTo(1);
    }

    @Test
    void itsCoefficientsHaveTheGradientsOfTheRatio() {
        state.write(NUMERATOR, new double[] {1, 2, 3, 4, 5, 6});
        state.write(DENOMINATOR, new double[] {1, -2, 0, -1});
        List<double[]> found = run(2, List.of(NUMERATOR, DENOMINATOR));
        for (int power = 0; power < 6; power++) {
            // dF/da_j = x^j / Q with Q = 23.
            assertThat(found.get(1)[power]).isCloseTo(StrictMath.pow(2, power) / 23, within(1e-12));
        }
        for (int power = 1; power <= 4; power++) {
            // dF/db_k = -x^k sign(A) P / Q^2 with A = -22 and P = 321.
            assertThat(found.get(2)[power - 1]).isCloseTo(StrictMath.pow(2, power) * 321 / (23.0 * 23), within(1e-9));
        }
    }

    @Test
    void withinAResidualBlockItsCoefficientsBelongToTheNetwork() {
        TestSpec spec = new TestSpec();
        spec.activation = Activation.LINEAR;
        spec.architecture = new Layered(List.of(new Residual(List.of(new Dense(2), new Pade()))), true);
        Network deep = Network.of(spec.model(), Shape.of(2), 1);

        assertThat(deep.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "layers.0.layers.0.weight",
                        "layers.0.layers.1.numerator",
                        "layers.0.layers.1.denominator",
                        "layers.1.weight");
        assertThat(Initial.of(deep, 1).get("layers.0.layers.1.numerator"))
                .hasSize(6)
                .contains(0.505000375);
    }

    @Test
    void isNotHomogeneousAndHasArraysOfItsOwn() {
        assertThat(network.homogeneous()).isFalse();
        assertThat(network.parameters())
                .extracting(Parameter::name)
                .containsExactly(NUMERATOR, DENOMINATOR, "layers.1.weight");
    }
}
