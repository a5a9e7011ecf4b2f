package io.orrery.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.plan.compile.Rewrites;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aChainOfElementwiseOperationsIsOneCallThatExpandsRowsAsItReads() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(64, 30));
        Node bias = graph.input("bias", Shape.of(30));
        graph.output("y", x.add(bias).relu().reshape(30, 64).multiply(2).tanh());
        List<Call> calls = Compiler.compile(graph).calls();
        assertThat(calls).hasSize(1);
        Call.Fused fused = (Call.Fused) calls.getFirst();
        assertThat(fused.instructions()).hasSize(5);
        assertThat(fused.instructions().getFirst())
                .isInstanceOfSatisfying(
                        Instruction.Expand.class,
                        expand -> assertThat(expand.once()).isTrue());
        assertThat(fused.block() % 30).isZero();
        assertThat(Compiler.compile(graph, Rewrites.NONE).calls()).hasSizeGreaterThan(5);
    }

    @Test
    void equalNodesAreMergedDeadOnesDroppedAndScalarConstantsFolded() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(4, 4));
        Node unused = x.matmul(x).matmul(x);
        Node two = graph.constant(1).add(1);
        graph.output("y", x.matmul(x).multiply(two).add(x.matmul(x).multiply(2)));
        Plan plan = Compiler.compile(graph);
        assertThat(unused.id()).isPositive();
        assertThat(plan.calls()).hasSize(1);
        assertThat(plan.calls().getFirst()).isInstanceOf(Call.ProductChain.class);
        // One product of 4 x 4 x 4 multiply-adds, one product with 2 and one sum of 16 elements each.
        assertThat(plan.flops()).isEqualTo(2 * 64 + 16 + 16);
    }

    @Test
    void stateIsUpdatedInPlaceInOnePass() {
        Networks.Network network = Networks.perceptron(Precision.DOUBLE, 64, 4, 20, 32, 32, 1);
        Plan plan = Compiler.compile(network.graph());
        assertThat(plan.writesState()).isTrue();
        assertThat(plan.calls()).noneMatch(call -> call instanceof Call.Copy);
        assertThat(Compiler.compile(network.graph(), Rewrites.NONE).calls())
                .anyMatch(call -> call instanceof Call.Copy);
    }

    @Test
    void arenaIsSharedByValuesWhoseLivesDoNotOverlap() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(16, 16));
        for (int i = 0; i < 10; i++) {
            x = x.matmul(x);
        }
        graph.output("y", x);
        assertThat(Compiler.compile(graph).arenaBytes()).isEqualTo(2 * 16 * 16 * 4);
        assertThat(Compiler.compile(graph, Rewrites.NONE).arenaBytes()).isEqualTo(10 * 16 * 16 * 4);
    }

    @Test
    void describesItsCalls() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(2, 3));
        graph.output("y", x.matmul(x, false, true).relu());
        assertThat(Compiler.compile(graph).describe())
                .contains("2 calls, 28 FLOPs")
                .contains("input x [2, 3]")
                .contains("relu")
                .contains("output y [2, 2]");
    }
}
