package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Instruction;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A relu before max pooling is done behind it where nobody can tell the difference. */
class PooledReluTest {
    private static final Shape IMAGES = Shape.of(3, 2, 7, 9);

    /** Few distinct numbers, so that most windows have ties, dead ones and some that hold no number. */
    private static final double[] NUMBERS = {
        -2, -1, -1, -0.0, 0, 0, 1, 1, 2, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
    };

    private static final List<Window> WINDOWS = List.of(
            Window.square(2, 2, 0), Window.square(3, 2, 1), Window.square(3, 1, 1), new Window(2, 3, 2, 3, 0, 0));

    private record Pooled(Graph graph, Node input, Node relu, Node pooled) {
        static Pooled of(Precision precision, Window window) {
            Graph graph = new Graph(precision);
            Node x = graph.input("x", IMAGES);
            Node relu = x.relu();
            return new Pooled(graph, x, relu, relu.maxPool(window));
        }

        /** The gradient of a sum of the pooled pixels, each weighted by a number given from outside. */
        Node gradient() {
            Node weights = graph.input("weights", pooled.shape());
            return Gradient.of(pooled.multiply(weights).sum(), List.of(input)).getFirst();
        }
    }

    @Test
    void pixelsAndGradientsKeepTheirBits() {
        for (Precision precision : Precision.values()) {
            for (Window window : WINDOWS) {
                Pooled pooled = Pooled.of(precision, window);
                pooled.graph().output("pooled", pooled.pooled());
                pooled.graph().output("gradient", pooled.gradient());
                assertThat(longestRelu(Compiler.compile(pooled.graph())))
                        .isEqualTo(pooled.pooled().shape().count());
                for (int seed = 0; seed < 20; seed++) {
                    Execution moved = run(pooled.graph(), Rewrites.ALL, seed);
                    Execution plain = run(pooled.graph(), Rewrites.NONE, seed);
                    for (String output : List.of("pooled", "gradient")) {
                        assertThat(moved.read(output))
                                .as("%s of %s, %s, seed %d", output, window, precision, seed)
                                .containsExactly(plain.read(output));
                    }
                }
            }
        }
    }

    /** Between two convolutions neither the relu nor its mask is a pass of its own. */
    @Test
    void poolingTakesInTheReluAndItsMask() {
        for (Precision precision : Precision.values()) {
            Graph graph = new Graph(precision);
            Node images = graph.input("x", IMAGES);
            Node first = graph.input("first", Shape.of(4, 2, 3, 3));
            Node second = graph.input("second", Shape.of(2, 4, 3, 3));
            Window same = Window.square(3, 1, 1);
            Node pooled = images.convolve(first, same).relu().maxPool(Window.square(2, 2, 0));
            Node loss = pooled.convolve(second, same).square().sum();
            List<Node> gradients = Gradient.of(loss, List.of(images, first, second));
            for (int i = 0; i < gradients.size(); i++) {
                graph.output("gradient" + i, gradients.get(i));
            }
            Plan plan = Compiler.compile(graph);
            assertThat(longestRelu(plan)).isZero();
            assertThat(plan.calls()).anyMatch(call -> call instanceof Call.MaximumPool pool && pool.relu());
            assertThat(plan.calls()).anyMatch(Call.MaximumSpread.class::isInstance);
            Execution moved = bind(graph, Rewrites.ALL);
            Execution plain = bind(graph, Rewrites.NONE);
            for (Execution execution : List.of(moved, plain)) {
                SplittableRandom random = new SplittableRandom(1);
                execution.set("x", random.doubles(IMAGES.count(), -1, 1).toArray());
                execution.set("first", random.doubles(72, -1, 1).toArray());
                execution.set("second", random.doubles(72, -1, 1).toArray());
                execution.run();
            }
            for (int i = 0; i < gradients.size(); i++) {
                assertThat(moved.read("gradient" + i)).containsExactly(plain.read("gradient" + i));
            }
        }
    }

    @Test
    void windowsThatReluKillsPassNothingBack() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(1, 1, 2, 4));
        Node pooled = x.relu().maxPool(Window.square(2, 2, 0));
        graph.output("pooled", pooled);
        graph.output(
                "gradient", Gradient.of(pooled.sum(), List.of(x)).getFirst().multiply(3));
        Execution execution = bind(graph, Rewrites.ALL);
        execution.set("x", -4, -3, 1, 5, -2, -9, 5, 2);
        execution.run();
        assertThat(execution.read("pooled")).containsExactly(0, 5);
        assertThat(execution.read("gradient")).containsExactly(0, 0, 0, 3, 0, 0, 0, 0);
    }

    @Test
    void aReluThatOthersReadStays() {
        Pooled output = Pooled.of(Precision.SINGLE, WINDOWS.getFirst());
        output.graph().output("pooled", output.pooled());
        output.graph().output("relu", output.relu());
        assertThat(longestRelu(Compiler.compile(output.graph()))).isEqualTo(IMAGES.count());

        Pooled branch = Pooled.of(Precision.SINGLE, WINDOWS.getFirst());
        branch.graph().output("pooled", branch.pooled());
        branch.graph().output("sum", branch.relu().multiply(2).sum());
        assertThat(longestRelu(Compiler.compile(branch.graph()))).isEqualTo(IMAGES.count());
    }

    /** In second derivatives the positions take from other arrays than the images, also where a window is dead. */
    @Test
    void secondDerivativesKeepTheirBits() {
        for (Window window : WINDOWS) {
            Pooled pooled = Pooled.of(Precision.DOUBLE, window);
            Node weights = pooled.graph().input("weights", pooled.pooled().shape());
            Node loss = pooled.pooled().square().multiply(weights).sum();
            Node first = Gradient.of(loss, List.of(pooled.input())).getFirst();
            Node second = Gradient.of(first.multiply(first.tanh()).sum(), List.of(pooled.input()))
                    .getFirst();
            pooled.graph().output("second", second);
            for (int seed = 0; seed < 20; seed++) {
                assertThat(run(pooled.graph(), Rewrites.ALL, seed).read("second"))
                        .as("%s, seed %d", window, seed)
                        .containsExactly(
                                run(pooled.graph(), Rewrites.NONE, seed).read("second"));
            }
        }
    }

    private static Execution run(Graph graph, Rewrites rewrites, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Execution execution = bind(graph, rewrites);
        int numbers = seed % 2 == 0 ? NUMBERS.length : NUMBERS.length - 3;
        execution.set(
                "x",
                random.ints(IMAGES.count(), 0, numbers)
                        .mapToDouble(i -> NUMBERS[i])
                        .toArray());
        graph.nodes().stream()
                .filter(node -> node.operation() instanceof Leaf.Input input
                        && input.label().equals("weights"))
                .forEach(node -> execution.set(
                        "weights",
                        random.doubles(node.shape().count(), -1, 1)
                                .map(weight -> weight < -0.8 ? -0.0 : weight)
                                .toArray()));
        execution.run();
        return execution;
    }

    private static Execution bind(Graph graph, Rewrites rewrites) {
        State none = new State(new StateLayout(graph.precision(), new LinkedHashMap<>()));
        return Cpu.single().bind(Compiler.compile(graph, rewrites), none, 0);
    }

    private static int longestRelu(Plan plan) {
        return plan.calls().stream()
                .filter(Call.Fused.class::isInstance)
                .map(Call.Fused.class::cast)
                .filter(fused -> fused.instructions().stream()
                        .anyMatch(instruction -> instruction instanceof Instruction.Apply apply
                                && apply.operation() instanceof Elementwise.Unary unary
                                && unary.function() == Elementwise.UnaryFunction.RELU))
                .mapToInt(Call.Fused::length)
                .max()
                .orElse(0);
    }
}
