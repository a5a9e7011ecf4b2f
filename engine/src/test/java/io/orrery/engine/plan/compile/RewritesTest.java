package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Networks;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fusion, merging, sharing of memory, writing in place and threads never change a bit. */
class RewritesTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void randomGraphsGiveTheSameBitsWithAndWithoutRewrites(Precision precision) {
        for (int seed = 0; seed < 100; seed++) {
            RandomGraphs.Case first = RandomGraphs.of(seed, precision, 110);
            RandomGraphs.Case second = RandomGraphs.of(seed, precision, 110);
            State plainState = randomState(precision, first, seed);
            State state = plainState.copy();
            Plan plainPlan = Compiler.compile(first.graph(), Rewrites.NONE);
            Execution plain = Cpu.single().bind(plainPlan, plainState, 3);
            Plan plan = Compiler.compile(second.graph(), Rewrites.ALL);
            Execution fused = Cpu.single().bind(plan, state, 3);
            for (int step = 0; step < 3; step++) {
                run(plain, step, plainPlan);
                run(fused, step, plan);
                for (String output : plan.outputs().keySet()) {
                    requireSame(fused.read(output), plain.read(output), seed, "output " + output, plan);
                }
                for (String label : state.layout().names()) {
                    requireSame(state.read(label), plainState.read(label), seed, "state " + label, plan);
                }
            }
        }
    }

    /** Each rewrite is a choice of its own: without it, and with it alone, all bits are those of no rewrite at all. */
    @ParameterizedTest
    @EnumSource(Rewrites.Pass.class)
    void everyPassCanBeSwitchedOffAndOnAlone(Rewrites.Pass pass) {
        List<Rewrites> choices = List.of(Rewrites.ALL.without(pass), new Rewrites(Set.of(pass)));
        for (Precision precision : Precision.values()) {
            State plain = trainPerceptron(precision, Rewrites.NONE, Workers.single(), false);
            State images = trainConvolutional(precision, Rewrites.NONE, Workers.single());
            for (Rewrites rewrites : choices) {
                requireEqual(new LinkedHashMap<>(Map.of(
                        "plain", plain, "chosen", trainPerceptron(precision, rewrites, Workers.single(), false))));
                requireEqual(new LinkedHashMap<>(
                        Map.of("plain", images, "chosen", trainConvolutional(precision, rewrites, Workers.single()))));
            }
        }
        for (int seed = 0; seed < 20; seed++) {
            for (Rewrites rewrites : choices) {
                requireSameAsPlain(seed, rewrites);
            }
        }
    }

    private static void requireSameAsPlain(int seed, Rewrites rewrites) {
        RandomGraphs.Case first = RandomGraphs.of(seed, Precision.SINGLE, 110);
        RandomGraphs.Case second = RandomGraphs.of(seed, Precision.SINGLE, 110);
        State plainState = randomState(Precision.SINGLE, first, seed);
        State state = plainState.copy();
        Plan plainPlan = Compiler.compile(first.graph(), Rewrites.NONE);
        Plan plan = Compiler.compile(second.graph(), rewrites);
        run(Cpu.single().bind(plainPlan, plainState, 3), 0, plainPlan);
        run(Cpu.single().bind(plan, state, 3), 0, plan);
        for (String label : state.layout().names()) {
            requireSame(state.read(label), plainState.read(label), seed, "state " + label + " " + rewrites, plan);
        }
    }

    private static void requireSame(double[] found, double[] expected, int seed, String what, Plan plan) {
        if (!Arrays.equals(found, expected)) {
            assertThat(found)
                    .as("seed %d, %s of%n%s", seed, what, plan.describe())
                    .containsExactly(expected);
        }
    }

    private static void run(Execution execution, int step, Plan plan) {
        if (plan.hasInput("rate")) {
            execution.set("rate", 0.25 + step);
        }
        if (plan.hasInput("batch")) {
            execution.set("batch", new SplittableRandom(step).doubles(15).toArray());
        }
        if (plan.hasInput("step")) {
            execution.setIndex("step", step);
        }
        execution.run();
    }

    private static State randomState(Precision precision, RandomGraphs.Case test, long seed) {
        State state = new State(new StateLayout(precision, test.states()));
        SplittableRandom random = new SplittableRandom(seed);
        test.states()
                .forEach((label, shape) ->
                        state.write(label, random.doubles(shape.count(), -1, 1).toArray()));
        return state;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingStepsGiveTheSameBitsForRewritesAndThreads(Precision precision) {
        try (Workers two = Workers.of(2);
                Workers three = Workers.of(3)) {
            Map<String, State> results = new LinkedHashMap<>();
            results.put("plain", trainPerceptron(precision, Rewrites.NONE, Workers.single(), false));
            results.put("fused", trainPerceptron(precision, Rewrites.ALL, Workers.single(), false));
            results.put("plain on 2", trainPerceptron(precision, Rewrites.NONE, two, false));
            results.put("fused on 2", trainPerceptron(precision, Rewrites.ALL, two, false));
            results.put("fused on 3", trainPerceptron(precision, Rewrites.ALL, three, false));
            results.put("watched", trainPerceptron(precision, Rewrites.ALL, two, true));
            requireEqual(results);
            Map<String, State> images = new LinkedHashMap<>();
            images.put("plain", trainConvolutional(precision, Rewrites.NONE, Workers.single()));
            images.put("fused", trainConvolutional(precision, Rewrites.ALL, Workers.single()));
            images.put("fused on 2", trainConvolutional(precision, Rewrites.ALL, two));
            images.put("fused on 3", trainConvolutional(precision, Rewrites.ALL, three));
            requireEqual(images);
        }
    }

    private static void requireEqual(Map<String, State> results) {
        State expected = results.values().iterator().next();
        results.forEach((name, state) -> state.layout()
                .names()
                .forEach(label -> assertThat(Arrays.equals(state.read(label), expected.read(label)))
                        .as(name + " " + label)
                        .isTrue()));
        assertThat(expected.read(expected.layout().names().getFirst())).doesNotContain(Double.NaN);
    }

    private static State trainPerceptron(Precision precision, Rewrites rewrites, Workers workers, boolean watched) {
        Networks.Network network = Networks.perceptron(precision, 90, 64, 150, 130, 70, 10);
        if (watched) {
            Graph graph = network.graph();
            graph.nodes().stream()
                    .filter(node -> node.id() % 3 == 0 && node.shape().rank() > 0)
                    .filter(node -> node.type() == io.orrery.engine.graph.ElementType.REAL)
                    .toList()
                    .forEach(node -> graph.output("watch" + node.id(), node));
        }
        State state = network.state();
        Execution execution = new Cpu(workers).bind(Compiler.compile(network.graph(), rewrites), state, 1);
        SplittableRandom random = new SplittableRandom(2);
        execution.set("images", random.doubles(90 * 150).toArray());
        execution.set("targets", random.doubles(90 * 10).toArray());
        execution.set("decay", 1e-3);
        int[] rows = random.ints(64 * 4, 0, 90).toArray();
        for (int step = 0; step < 4; step++) {
            execution.set("rate", 0.01 / (step + 1));
            execution.setIndices("rows", rows, 64 * step);
            execution.run();
        }
        return state;
    }

    private static State trainConvolutional(Precision precision, Rewrites rewrites, Workers workers) {
        Networks.Network network = Networks.convolutional(precision, 5, 3, 16, 8, 4);
        State state = network.state();
        Execution execution = new Cpu(workers).bind(Compiler.compile(network.graph(), rewrites), state, 1);
        SplittableRandom random = new SplittableRandom(2);
        execution.set("images", random.doubles(5 * 3 * 256).toArray());
        execution.set("targets", random.doubles(5 * 4).toArray());
        execution.set("decay", 1e-3);
        for (int step = 0; step < 3; step++) {
            execution.set("rate", 0.01);
            execution.run();
        }
        return state;
    }

    @Test
    void assignmentsSeeTheStateFromBeforeTheRun() {
        Graph graph = new Graph(Precision.DOUBLE);
        var a = graph.state("a", Shape.of(2));
        var b = graph.state("b", Shape.of(2));
        graph.assign("a", b);
        graph.assign("b", a.add(b));
        graph.output("old", a);
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("a", Shape.of(2));
        shapes.put("b", Shape.of(2));
        for (Rewrites rewrites : List.of(Rewrites.ALL, Rewrites.NONE)) {
            State state = new State(new StateLayout(Precision.DOUBLE, shapes));
            state.write("a", new double[] {1, 2});
            state.write("b", new double[] {10, 20});
            Execution execution = Cpu.single().bind(Compiler.compile(graph, rewrites), state, 0);
            execution.run();
            assertThat(state.read("a")).containsExactly(10, 20);
            assertThat(state.read("b")).containsExactly(11, 22);
            assertThat(execution.read("old")).containsExactly(1, 2);
        }
    }

    @Test
    void aRowOfAnArrayCanBeTakenFromAllItsRows() {
        Graph graph = new Graph(Precision.DOUBLE);
        var squares = graph.input("x", Shape.of(2, 3)).square();
        graph.output("y", squares.subtract(squares.slice(new int[] {1, 0}, Shape.of(1, 3))));
        for (Rewrites rewrites : List.of(Rewrites.ALL, Rewrites.NONE)) {
            State none = new State(new StateLayout(Precision.DOUBLE, new LinkedHashMap<>()));
            Execution execution = Cpu.single().bind(Compiler.compile(graph, rewrites), none, 0);
            execution.set("x", 1, 2, 3, 4, 5, 6);
            execution.run();
            assertThat(execution.read("y")).containsExactly(-15, -21, -27, 0, 0, 0);
        }
    }
}
