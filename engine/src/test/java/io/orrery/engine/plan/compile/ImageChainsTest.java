package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Networks;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.Storage;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of convolutional networks that are done for a few images at a time. */
class ImageChainsTest {
    private static final Window SAME = Window.square(3, 1, 1);
    private static final Window HALF = Window.square(3, 2, 1);

    /** Whole blocks, a rest, a rest that some parts get nothing of, and a batch that four threads share in small blocks. */
    private static final List<Integer> BATCHES = List.of(32, 49, 70);

    @ParameterizedTest
    @EnumSource(Precision.class)
    void stridedNetworksKeepAllBits(Precision precision) {
        for (int batch : BATCHES) {
            requireSameBits(strided(precision, batch));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void poolingNetworksWithBiasesAndDenseLayersKeepAllBits(Precision precision) {
        for (int batch : BATCHES) {
            requireSameBits(Networks.convolutional(precision, batch, 2, 12, 5, 3));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void normalizedNetworksKeepAllBits(Precision precision) {
        for (int batch : BATCHES) {
            requireSameBits(normalized(precision, batch));
        }
    }

    /** All but the loss's sum, the gradient of the layer that takes the whole image, and the updates. */
    @Test
    void aTrainingStepOfImagesIsOneChain() {
        Plan plan = Compiler.compile(strided(Precision.SINGLE, 64).graph());
        assertThat(plan.calls())
                .filteredOn(call -> call instanceof Call.ImageChain)
                .hasSize(1);
        Call.ImageChain chain = (Call.ImageChain) plan.calls().getFirst();
        assertThat(chain.calls()).filteredOn(call -> isKernelGradient(call)).hasSize(2);
        assertThat(plan.calls()).filteredOn(call -> isKernelGradient(call)).hasSize(1);
        assertThat(chain.images()).isEqualTo(64);
    }

    /** What no other call reads has memory for a block, so that twice the batch needs no more of it. */
    @Test
    void memoryDoesNotGrowWithTheBatchButByInputsOfDenseLayers() {
        Plan once = Compiler.compile(strided(Precision.SINGLE, 64).graph());
        Plan twice = Compiler.compile(strided(Precision.SINGLE, 128).graph());
        assertThat(Cpu.single().scratchBytes(twice)).isEqualTo(Cpu.single().scratchBytes(once));
        // The last convolution covers the image: its 12 x 4 x 4 inputs and its 2 outputs' gradients are kept.
        long more = twice.arenaBytes() - once.arenaBytes();
        assertThat(more).isBetween(4L * 64 * (12 * 16 + 2), 4L * 64 * (12 * 16 + 2 * 3));
    }

    /** Of an image that one link makes and the next one uses, nothing passes through memory. */
    @Test
    void whatIsPassedOnIsNoTraffic() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(32, 3, 8, 8));
        Node kernel = graph.input("kernel", Shape.of(5, 3, 3, 3));
        graph.output("y", x.convolve(kernel, SAME).relu());
        Plan plan = Compiler.compile(graph);
        assertThat(plan.calls()).hasSize(1);
        assertThat(plan.traffic().moved()).isEqualTo(4L * (32 * 3 * 64 + 5 * 3 * 9 + 32 * 5 * 64));
        // The convolution's result is written once and read once, then what is read and the output: all count.
        assertThat(plan.traffic().minimum()).isEqualTo(4L * (32 * 3 * 64 + 5 * 3 * 9 + 3 * 32 * 5 * 64));
    }

    @Test
    void smallBatchesAreNotDividedByImages() {
        assertThat(Compiler.compile(strided(Precision.SINGLE, 31).graph()).calls())
                .noneMatch(call -> call instanceof Call.ImageChain);
    }

    @Test
    void perceptronsHaveNoImages() {
        assertThat(Compiler.compile(Networks.perceptron(Precision.SINGLE, 200, 64, 30, 20, 10)
                                .graph())
                        .calls())
                .noneMatch(call -> call instanceof Call.ImageChain);
    }

    /** Values that are outputs, or that others read, are stored whole though the chain uses them too. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void imagesThatOthersNeedAreStored(Precision precision) {
        Graph graph = new Graph(precision);
        Node x = graph.input("x", Shape.of(40, 3, 8, 8));
        Node first = x.convolve(graph.input("k", Shape.of(4, 3, 3, 3)), HALF);
        Node second = first.relu().convolve(graph.input("l", Shape.of(6, 4, 3, 3)), SAME);
        graph.output("first", first);
        graph.output("mean", first.sum(0));
        graph.output("second", second.tanh());
        Plan plan = Compiler.compile(graph);
        assertThat(plan.calls()).anyMatch(call -> call instanceof Call.ImageChain);
        for (String output : List.of("first", "mean", "second")) {
            assertThat(evaluated(graph, Rewrites.ALL, output)).containsExactly(evaluated(graph, Rewrites.NONE, output));
        }
    }

    /** Kernels that are made from images of the chain: all images must be there before one is convolved. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void kernelsMadeOfImagesAreNotPartOfTheChain(Precision precision) {
        Graph graph = new Graph(precision);
        Node images = graph.input("x", Shape.of(36, 3, 3, 3)).convolve(graph.input("k", Shape.of(3, 3, 3, 3)), SAME);
        graph.output("y", images.relu().convolve(images.tanh(), SAME));
        assertThat(evaluated(graph, Rewrites.ALL, "y")).containsExactly(evaluated(graph, Rewrites.NONE, "y"));
    }

    /** What comes back to the largest pixels passes through a number for all windows, not through a mask. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aNumberThatSelectsBehindAPoolingIsNoMask(Precision precision) {
        Graph graph = new Graph(precision);
        Node x = graph.input("x", Shape.of(33, 2, 6, 6));
        Node pooled = x.maxPool(Window.square(2, 2, 0));
        Node chosen = graph.scalarInput("number").select(pooled, graph.constant(0));
        Node y = chosen.convolve(graph.input("k", Shape.of(4, 2, 3, 3)), SAME);
        graph.output("gradient", Gradient.of(y.square().sum(), List.of(x)).getFirst());
        assertThat(evaluated(graph, Rewrites.ALL, "gradient"))
                .containsExactly(evaluated(graph, Rewrites.NONE, "gradient"));
    }

    private static boolean isKernelGradient(Call call) {
        return call instanceof Call.Convolve convolve && convolve.kind() == Call.ConvolutionKind.KERNEL_GRADIENT;
    }

    /** Three convolutions without pooling, the last one over the whole image. */
    private static Networks.Network strided(Precision precision, int batch) {
        Graph graph = new Graph(precision);
        Node x = graph.input("images", Shape.of(batch, 3, 16, 16));
        Node first = graph.state("k1", Shape.of(10, 3, 3, 3));
        Node second = graph.state("k2", Shape.of(12, 10, 3, 3));
        Node last = graph.state("k3", Shape.of(2, 12, 4, 4));
        Node y = x.convolve(first, HALF).relu().convolve(second, HALF).relu().convolve(last, Window.square(4, 1, 0));
        return trained(graph, y.reshape(batch, 2), List.of(first, second, last), new TreeMap<>());
    }

    /** Two convolutions, the first one's channels brought to mean 0 and variance 1 over the batch. */
    private static Networks.Network normalized(Precision precision, int batch) {
        Graph graph = new Graph(precision);
        Node x = graph.input("images", Shape.of(batch, 2, 7, 7));
        Node first = graph.state("k1", Shape.of(5, 2, 3, 3));
        Node second = graph.state("k2", Shape.of(3, 5, 7, 7));
        Node z = x.convolve(first, SAME);
        Node mean = z.sum(0, 2, 3).divide(batch * 49).reshape(1, 5, 1, 1);
        Node centred = z.subtract(mean);
        Node variance = centred.square().sum(0, 2, 3).divide(batch * 49).reshape(1, 5, 1, 1);
        Node y = centred.divide(variance.add(1e-5).squareRoot()).relu().convolve(second, Window.square(7, 1, 0));
        return trained(graph, y.reshape(batch, 3), List.of(first, second), new TreeMap<>());
    }

    private static Networks.Network trained(Graph graph, Node y, List<Node> parameters, TreeMap<String, Shape> states) {
        Node loss = y.subtract(graph.input("targets", y.shape())).square().sum();
        graph.output("loss", loss);
        List<Node> gradients = Gradient.of(loss, parameters);
        for (int i = 0; i < parameters.size(); i++) {
            String label = "k" + (i + 1);
            states.put(label, parameters.get(i).shape());
            parameters.get(i).subtract(gradients.get(i).multiply(1e-3)).assignTo(label);
        }
        return new Networks.Network(graph, states);
    }

    private static void requireSameBits(Networks.Network network) {
        assertThat(Compiler.compile(network.graph()).calls()).anyMatch(call -> call instanceof Call.ImageChain);
        State expected = run(network, Rewrites.NONE, 1);
        for (int threads = 1; threads <= 4; threads++) {
            State found = run(network, Rewrites.ALL, threads);
            for (String label : network.states().keySet()) {
                assertThat(found.read(label))
                        .as("%s, %d threads", label, threads)
                        .containsExactly(expected.read(label));
            }
        }
    }

    /** The state after three steps. */
    private static State run(Networks.Network network, Rewrites rewrites, int threads) {
        try (Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
            Plan plan = Compiler.compile(network.graph(), rewrites);
            State state = network.state();
            Execution execution = new Cpu(workers).bind(plan, state, 1);
            setInputs(plan, execution);
            for (int i = 0; i < 3; i++) {
                execution.run();
            }
            return state;
        }
    }

    private static double[] evaluated(Graph graph, Rewrites rewrites, String output) {
        try (Workers workers = Workers.of(2)) {
            Plan plan = Compiler.compile(graph, rewrites);
            Execution execution =
                    new Cpu(workers).bind(plan, new State(new StateLayout(plan.precision(), new LinkedHashMap<>())), 1);
            setInputs(plan, execution);
            execution.run();
            return execution.read(output);
        }
    }

    private static void setInputs(Plan plan, Execution execution) {
        for (Storage storage : plan.storages()) {
            if (storage instanceof Storage.InputArray input && input.type() == ElementType.REAL) {
                SplittableRandom random = new SplittableRandom(input.label().length());
                int count = input.shape().count();
                execution.set(input.label(), random.doubles(count, -1, 1).toArray());
            }
        }
    }
}
