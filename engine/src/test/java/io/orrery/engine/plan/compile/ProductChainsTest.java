package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.Storage;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products that are handed to a chain instead of being stored. */
class ProductChainsTest {
    /** Rows and columns of weights: a few, several strips, and columns whose panels are packed. */
    private static final List<Shape> WEIGHTS = List.of(Shape.of(30, 7), Shape.of(301, 270), Shape.of(150, 1024));

    @ParameterizedTest
    @EnumSource(Precision.class)
    void anUpdateUsesUpItsGradientWithTheSameBits(Precision precision) {
        for (Shape shape : WEIGHTS) {
            Graph graph = momentum(precision, shape, 50);
            Plan plan = Compiler.compile(graph);
            assertThat(chains(plan)).isEqualTo(1);
            assertThat(plan.calls()).hasSize(1);
            assertThat(plan.arenaBytes()).isZero();
            Map<String, Shape> states = Map.of("weight", shape, "velocity", shape);
            double[] expected = trained(graph, Rewrites.NONE, states, 1);
            for (int threads = 1; threads <= 3; threads++) {
                assertThat(trained(graph, Rewrites.ALL, states, threads))
                        .as("%s on %d threads", shape, threads)
                        .containsExactly(expected);
            }
        }
    }

    /** 301 rows of 270 columns: strips of 151 rows would fill 160 KB, of which 144 are whole tiles. */
    @Test
    void workingMemoryHoldsAStrip() {
        Plan plan = Compiler.compile(momentum(Precision.SINGLE, Shape.of(301, 270), 50));
        assertThat(Cpu.single().scratchBytes(plan)).isBetween(4L * 144 * 270, 4L * 144 * 270 + 4 * 1024);
    }

    /** The gradient's writing and reading are in the minimum and saved: 50 x (301 + 270) operands, weights and velocity. */
    @Test
    void theGradientDoesNotPassThroughMemory() {
        Plan plan = Compiler.compile(momentum(Precision.SINGLE, Shape.of(301, 270), 50));
        long operands = 4L * 50 * (301 + 270);
        long weights = 4L * 301 * 270;
        assertThat(plan.traffic().moved()).isBetween(operands + 4 * weights, operands + 4 * weights + 64);
        assertThat(plan.traffic().minimum()).isBetween(operands + 6 * weights, operands + 6 * weights + 64);
    }

    /** Strips that come later still need the old weights: they are not written over in place. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsThatTheProductReadsAreKeptUntilItIsDone(Precision precision) {
        Shape shape = Shape.of(250, 250);
        Graph graph = new Graph(precision);
        Node weight = graph.state("weight", shape);
        weight.subtract(weight.matmul(weight).multiply(0.01)).assignTo("weight");
        assertThat(chains(Compiler.compile(graph))).isEqualTo(1);
        Map<String, Shape> states = Map.of("weight", shape);
        assertThat(trained(graph, Rewrites.ALL, states, 1)).containsExactly(trained(graph, Rewrites.NONE, states, 1));
    }

    /** The step is done behind the last reader of the old weights, not before: then they need no copy. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void anUpdateWaitsForWhoStillNeedsTheOldWeights(Precision precision) {
        Shape shape = Shape.of(200, 300);
        Graph graph = new Graph(precision);
        Node weight = graph.state("weight", shape);
        Node delta = graph.input("delta", Shape.of(50, 200));
        Node x = graph.input("x", Shape.of(50, 300));
        graph.output("back", delta.matmul(weight));
        weight.subtract(delta.matmul(x, true, false).multiply(0.01)).assignTo("weight");
        Plan plan = Compiler.compile(graph);
        assertThat(chains(plan)).isEqualTo(1);
        assertThat(plan.calls()).hasSize(2).noneMatch(call -> call instanceof Call.Copy);
        assertThat(plan.calls().getLast()).isInstanceOf(Call.ProductChain.class);
        Map<String, Shape> states = Map.of("weight", shape);
        assertThat(trained(graph, Rewrites.ALL, states, 1)).containsExactly(trained(graph, Rewrites.NONE, states, 1));
    }

    @Test
    void productsThatOthersNeedAreStored() {
        Graph graph = new Graph(Precision.SINGLE);
        Node left = graph.input("delta", Shape.of(40, 50));
        Node right = graph.input("x", Shape.of(50, 60));
        Node product = left.matmul(right);
        graph.output("chain", product.multiply(2).add(1));
        assertThat(chains(Compiler.compile(graph))).isEqualTo(1);
        graph.output("sum", product.sum());
        assertThat(chains(Compiler.compile(graph))).isZero();
    }

    @Test
    void outputsAreStored() {
        Graph graph = new Graph(Precision.SINGLE);
        Node product = graph.input("delta", Shape.of(40, 50)).matmul(graph.input("x", Shape.of(50, 60)));
        graph.output("product", product);
        graph.output("chain", product.square());
        assertThat(chains(Compiler.compile(graph))).isZero();
    }

    @Test
    void rowsThatRepeatAndLargeRightOperandsAreNotHandedOn() {
        Graph rows = new Graph(Precision.SINGLE);
        Node product = rows.input("delta", Shape.of(40, 50)).matmul(rows.input("x", Shape.of(50, 60)));
        rows.output("shifted", product.add(rows.input("bias", Shape.of(60))));
        assertThat(chains(Compiler.compile(rows))).isZero();
        Graph large = new Graph(Precision.SINGLE);
        Node wide = large.input("delta", Shape.of(128, 1024)).matmul(large.input("x", Shape.of(1024, 1024)));
        large.output("square", wide.square());
        assertThat(chains(Compiler.compile(large))).isZero();
    }

    private static Graph momentum(Precision precision, Shape shape, int batch) {
        Graph graph = new Graph(precision);
        Node weight = graph.state("weight", shape);
        Node gradient = graph.input("delta", Shape.of(batch, shape.size(0)))
                .matmul(graph.input("x", Shape.of(batch, shape.size(1))), true, false);
        Node velocity = graph.state("velocity", shape).multiply(0.9).add(gradient.add(weight.multiply(1e-4)));
        velocity.assignTo("velocity");
        weight.subtract(velocity.multiply(0.1)).assignTo("weight");
        return graph;
    }

    private static long chains(Plan plan) {
        return plan.calls().stream()
                .filter(call -> call instanceof Call.ProductChain)
                .count();
    }

    /** The weights after three runs. */
    private static double[] trained(Graph graph, Rewrites rewrites, Map<String, Shape> states, int threads) {
        try (Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
            Plan plan = Compiler.compile(graph, rewrites);
            SplittableRandom random = new SplittableRandom(7);
            State state = new State(new StateLayout(plan.precision(), new LinkedHashMap<>(states)));
            new TreeMap<>(states).forEach((label, shape) -> state.write(label, numbers(random, shape)));
            Execution execution = new Cpu(workers).bind(plan, state, 1);
            for (Storage storage : plan.storages()) {
                if (storage instanceof Storage.InputArray input) {
                    execution.set(
                            input.label(),
                            numbers(new SplittableRandom(input.label().length()), input.shape()));
                }
            }
            for (int i = 0; i < 3; i++) {
                execution.run();
            }
            return state.read("weight");
        }
    }

    private static double[] numbers(SplittableRandom random, Shape shape) {
        return random.doubles(shape.count(), -0.1, 0.1).toArray();
    }
}
