package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Instruction;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Descent with momentum becomes one instruction, and nothing that only looks like it does. */
class DescentsTest {
    private static final Shape SHAPE = Shape.of(1300);

    @Test
    void descentIsOneInstructionWithTheSameBits() {
        for (Precision precision : Precision.values()) {
            for (boolean decayed : new boolean[] {false, true}) {
                Graph graph = new Graph(precision);
                Node gradient = graph.input("gradient", SHAPE);
                Node weight = graph.state("weight", SHAPE);
                Node pull = decayed ? weight.multiplyAdd(graph.constant(0.01), gradient) : gradient;
                Node velocity = graph.state("velocity", SHAPE).multiplyAdd(graph.constant(0.9), pull);
                velocity.assignTo("velocity");
                velocity.multiplyAdd(graph.scalarInput("minusRate"), weight).assignTo("weight");
                Plan plan = Compiler.compile(graph);
                assertThat(instructions(plan)).singleElement().isInstanceOf(Instruction.Descent.class);
                assertThat(plan.flops()).isEqualTo((decayed ? 6L : 4L) * SHAPE.count());
                assertThat(state(graph, Rewrites.ALL)).isEqualTo(state(graph, Rewrites.NONE));
            }
        }
    }

    /** Nesterov's step looks ahead of the velocity; a state that is an output cannot be written in place. */
    @Test
    void otherUpdatesStayChains() {
        Graph nesterov = new Graph(Precision.SINGLE);
        Node weight = nesterov.state("weight", SHAPE);
        Node gradient = nesterov.input("gradient", SHAPE);
        Node momentum = nesterov.constant(0.9);
        Node velocity = nesterov.state("velocity", SHAPE).multiplyAdd(momentum, gradient);
        velocity.assignTo("velocity");
        velocity.multiplyAdd(momentum, gradient)
                .multiplyAdd(nesterov.scalarInput("minusRate"), weight)
                .assignTo("weight");
        assertThat(instructions(Compiler.compile(nesterov)))
                .hasSize(3)
                .allMatch(instruction -> instruction instanceof Instruction.ScaledSum);
        assertThat(state(nesterov, Rewrites.ALL)).isEqualTo(state(nesterov, Rewrites.NONE));

        Graph exchanged = new Graph(Precision.SINGLE);
        Node first = exchanged.state("weight", SHAPE);
        Node second = exchanged
                .state("velocity", SHAPE)
                .multiplyAdd(exchanged.constant(0.9), exchanged.input("gradient", SHAPE));
        second.assignTo("weight");
        second.multiplyAdd(exchanged.scalarInput("minusRate"), first).assignTo("velocity");
        assertThat(instructions(Compiler.compile(exchanged))).noneMatch(i -> i instanceof Instruction.Descent);
        assertThat(state(exchanged, Rewrites.ALL)).isEqualTo(state(exchanged, Rewrites.NONE));
    }

    private static List<Instruction> instructions(Plan plan) {
        return plan.calls().stream()
                .flatMap(call -> call instanceof Call.Fused fused ? fused.instructions().stream() : Stream.of())
                .toList();
    }

    /** What three runs leave in the state. */
    private static Map<String, List<Double>> state(Graph graph, Rewrites rewrites) {
        Plan plan = Compiler.compile(graph, rewrites);
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("weight", SHAPE);
        shapes.put("velocity", SHAPE);
        State state = new State(new StateLayout(plan.precision(), shapes));
        SplittableRandom random = new SplittableRandom(1);
        shapes.keySet()
                .forEach(label ->
                        state.write(label, random.doubles(SHAPE.count(), -1, 1).toArray()));
        Execution execution = Cpu.single().bind(plan, state, 1);
        execution.set("gradient", random.doubles(SHAPE.count(), -1, 1).toArray());
        execution.set("minusRate", -0.1);
        for (int i = 0; i < 3; i++) {
            execution.run();
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        shapes.keySet()
                .forEach(label -> values.put(
                        label, Arrays.stream(state.read(label)).boxed().toList()));
        return values;
    }
}
