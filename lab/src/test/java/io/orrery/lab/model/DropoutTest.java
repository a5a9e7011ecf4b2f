package io.orrery.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.lab.train.TestSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Eight linear hidden units of one input give 1 each; the output adds them with weights 1, 2, 4, ..., 128: its value names what was kept. */
final class DropoutTest {
    private static final int UNITS = 8;
    private static final double DROPPED = 0.25;
    private static final int EXAMPLES = 20_000;

    private static double[] trained() {
        Network network = network(DROPPED);
        State state = NetworkTest.state(network, 1);
        double[] ones = new double[UNITS];
        Arrays.fill(ones, 1);
        double[] powers = new double[UNITS];
        Arrays.setAll(powers, unit -> 1 << unit);
        state.write("layers.0.weight", ones);
        state.write("layers.1.weight", powers);
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output(
                "g",
                network.train(
                                graph,
                                network.read(graph),
                                graph.input("x", Shape.of(EXAMPLES, 1)),
                                graph.indexInput("step", Shape.SCALAR))
                        .outputs());
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        double[] inputs = new double[EXAMPLES];
        Arrays.fill(inputs, 1);
        execution.set("x", inputs);
        execution.setIndex("step", 3);
        execution.run();
        assertThat(NetworkTest.outputs(network, state, new double[] {1}, 1))
                .as("in evaluation all units, unscaled")
                .containsExactly(255);
        return execution.read("g");
    }

    private static Network network(double dropout) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(UNITS));
        spec.activation = ModelSpec.Activation.LINEAR;
        spec.dropout = dropout;
        return Network.of(spec.model(), Shape.of(1), 1);
    }

    /** Kept units count 1 / (1 - p): in expectation over all 256 masks the output is that of evaluation, and so it is in the mean. */
    @Test
    void scalingIsRightInExpectation() {
        double expected = 0;
        double second = 0;
        for (int mask = 0; mask < 1 << UNITS; mask++) {
            int kept = Integer.bitCount(mask);
            double probability = Math.pow(1 - DROPPED, kept) * Math.pow(DROPPED, UNITS - kept);
            expected += probability * mask / (1 - DROPPED);
            second += probability * Math.pow(mask / (1 - DROPPED) - 200, 2);
        }
        assertThat(expected).isCloseTo(255, within(1e-12 * 255));
        // the mean squared miss of a target 200: that of evaluation, and p / (1 - p) times the sum of squares of what
        // is added
        double squares = (Math.pow(4, UNITS) - 1) / 3;
        double miss = 55 * 55 + DROPPED / (1 - DROPPED) * squares;
        assertThat(second).isCloseTo(miss, within(1e-12 * miss));

        double[] outputs = trained();
        for (double output : outputs) {
            double mask = output * (1 - DROPPED);
            assertThat(mask).isCloseTo(Math.rint(mask), within(1e-9)).isBetween(-1e-9, 255 + 1e-9);
        }
        double deviation = Math.sqrt(miss - 55 * 55);
        assertThat(Arrays.stream(outputs).average().orElseThrow())
                .isCloseTo(255, within(4 * deviation / Math.sqrt(EXAMPLES)));
        assertThat(Arrays.stream(outputs)
                        .map(output -> (output - 200) * (output - 200))
                        .average()
                        .orElseThrow())
                .isCloseTo(miss, within(0.05 * miss));
        assertThat(Arrays.stream(outputs).map(Math::rint).distinct().count())
                .as("each example has a mask of its own")
                .isGreaterThan(150);
    }

    @Test
    void nothingIsDrawnWhereNothingIsDropped() {
        Network network = network(0);
        Graph graph = new Graph(Precision.DOUBLE);
        network.train(
                graph, network.read(graph), graph.input("x", Shape.of(3, 1)), graph.indexInput("step", Shape.SCALAR));
        assertThat(graph.nodes()).noneMatch(node -> node.operation() instanceof Draw);
    }
}
