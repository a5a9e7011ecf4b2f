package io.orrery.engine.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Networks;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aTrainingStepAllocatesNothingOnceCompiled(Precision precision) {
        Networks.Network network = Networks.perceptron(precision, 64, 4, 20, 32, 32, 1);
        Execution execution = Cpu.single().bind(Compiler.compile(network.graph()), network.state(), 1);
        SplittableRandom random = new SplittableRandom(2);
        execution.set("images", random.doubles(64 * 20).toArray());
        execution.set("targets", random.doubles(64).toArray());
        execution.set("decay", 1e-3);
        int[] rows = random.ints(4 * 100, 0, 64).toArray();
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Vector kernels box their numbers until the JIT has compiled them; then a whole round must be free of it.
        long allocated = Long.MAX_VALUE;
        long patience = memory.getCurrentThreadCpuTime() + 40_000_000_000L;
        while (allocated > 0 && memory.getCurrentThreadCpuTime() < patience) {
            long before = memory.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < 100; step++) {
                execution.setScalar("rate", 1e-3);
                execution.setIndices("rows", rows, 4 * step);
                execution.run();
            }
            allocated = memory.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sharedArraysAreReadInPlaceAndCanBeExchanged(Precision precision) {
        Graph graph = new Graph(precision);
        Node rows = graph.indexInput("rows", Shape.of(2));
        graph.output("batch", graph.input("images", Shape.of(3, 2)).takeRows(rows));
        graph.output("labels", graph.indexInput("labels", Shape.of(3)).takeIndices(rows));
        graph.output("table", graph.input("images", Shape.of(3, 2)));
        Execution execution = Cpu.single().bind(Compiler.compile(graph), empty(precision), 0);
        execution.share(
                "images",
                SharedArray.of(Shape.of(3, 2), new double[] {1, 2, 3, 4, 5, 6}).in(precision));
        execution.shareIndices("labels", new int[] {7, 8, 9});
        execution.setIndices("rows", new int[] {9, 9, 2, 0}, 2);
        execution.run();
        assertThat(execution.read("batch")).containsExactly(5, 6, 1, 2);
        assertThat(execution.readIndices("labels")).containsExactly(9, 7);
        execution.share(
                "images",
                SharedArray.of(Shape.of(3, 2), new double[] {6, 5, 4, 3, 2, 1}).in(precision));
        execution.run();
        assertThat(execution.read("batch")).containsExactly(2, 1, 6, 5);
        double[] mine = {0, 0, 0, 0, 0, 1};
        execution.set("images", mine);
        execution.run();
        assertThat(execution.read("batch")).containsExactly(0, 1, 0, 0);
        assertThat(execution.read("table")).containsExactly(mine);
    }

    @Test
    void drawsAreThoseOfTheStream() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node step = graph.indexInput("step", Shape.SCALAR);
        graph.output("uniform", graph.draw(Draw.Distribution.UNIFORM, "order", Shape.of(7), step));
        graph.output("normal", graph.draw(Draw.Distribution.NORMAL, "order", Shape.of(3, 3), step));
        Execution execution = Cpu.single().bind(Compiler.compile(graph), empty(Precision.DOUBLE), 5);
        execution.setIndex("step", 12);
        execution.run();
        assertThat(execution.read("uniform"))
                .containsExactly(RandomStream.of(5, "order").uniforms(12, 0, 7));
        assertThat(execution.read("normal"))
                .containsExactly(RandomStream.of(5, "order").normals(12, 9));
    }

    @Test
    void mistakesAreNamed() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(2, 2));
        Node rows = graph.indexInput("rows", Shape.of(1));
        graph.output("y", x.takeRows(rows).multiply(graph.scalarInput("rate")));
        graph.output("best", x.argMax(1));
        Execution execution = Cpu.single().bind(Compiler.compile(graph), empty(Precision.SINGLE), 0);
        execution.set("rate", 1);
        assertThatThrownBy(execution::run).hasMessage("inputs were not set before the run: 'x' [2, 2], 'rows' [1]");
        assertThatThrownBy(() -> execution.set("z", 1)).hasMessage("the plan has no input 'z'; it has x, rows, rate");
        assertThatThrownBy(() -> execution.set("x", 1, 2))
                .hasMessage("input 'x' of shape [2, 2] needs 4 values, found 2");
        assertThatThrownBy(() -> execution.set("rows", 1)).hasMessage("input 'rows' holds integers, not real numbers");
        assertThatThrownBy(() -> execution.setIndices("rows", new int[3], 3))
                .hasMessage("input 'rows' of shape [1] needs 1 values from position 3, found 3 in all");
        assertThatThrownBy(() -> execution.share("x", SharedArray.of(Shape.of(4), new float[4])))
                .hasMessage("input 'x' has shape [2, 2], found an array [4]");
        assertThatThrownBy(() -> execution.share("x", SharedArray.of(Shape.of(2, 2), new double[4])))
                .hasMessage("input 'x' needs an array of precision SINGLE, found DOUBLE");
        assertThatThrownBy(() -> execution.read("z")).hasMessage("the plan has no output 'z'; it has y, best");
        assertThatThrownBy(() -> execution.read("best")).hasMessage("output 'best' holds integers, not real numbers");
        assertThatThrownBy(() -> execution.scalar("y")).hasMessage("output 'y' is not a scalar but has shape [1, 2]");
        execution.set("x", 1, 2, 3, 4);
        execution.setIndex("rows", 2);
        assertThatThrownBy(execution::run)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("take-rows: position 2 does not lie within 0..1");
    }

    @Test
    void aStateThatDoesNotFitIsRefused() {
        Graph graph = new Graph(Precision.SINGLE);
        graph.output("y", graph.state("w", Shape.of(2)));
        Plan plan = Compiler.compile(graph);
        assertThatThrownBy(() -> Cpu.single().bind(plan, empty(Precision.SINGLE), 0))
                .hasMessageContaining("the state has no array 'w'");
        assertThatThrownBy(() -> Cpu.single().bind(plan, empty(Precision.DOUBLE), 0))
                .hasMessage("the plan computes in SINGLE but the state holds DOUBLE");
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("w", Shape.of(3));
        assertThatThrownBy(() -> Cpu.single().bind(plan, new State(new StateLayout(Precision.SINGLE, shapes)), 0))
                .hasMessage("state array 'w' has shape [3], the plan needs [2]");
    }

    private static State empty(Precision precision) {
        return new State(new StateLayout(precision, new LinkedHashMap<>()));
    }
}
