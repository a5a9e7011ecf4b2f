package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random networks on images, trained: done for a few images at a time they keep all bits. */
class RandomImageGraphsTest {
    private static final int SEEDS = 40;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allBitsStay(Precision precision) {
        int chains = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomNetwork network = new RandomNetwork(seed, precision);
            network.build();
            Plan plan = Compiler.compile(network.graph);
            chains += (int) plan.calls().stream()
                    .filter(call -> call instanceof Call.ImageChain)
                    .count();
            List<double[]> expected = network.trained(Compiler.compile(network.graph, Rewrites.NONE), 1);
            for (int threads = 1; threads <= 3; threads++) {
                List<double[]> found = network.trained(plan, threads);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(found.get(i))
                            .as("seed %d, %d threads, result %d of%n%s", seed, threads, i, plan.describe())
                            .containsExactly(expected.get(i));
                }
            }
        }
        assertThat(chains).isGreaterThan(SEEDS);
    }

    /** Operations on images and on what is made of them, the loss's gradients, and states that they change or replace. */
    private static final class RandomNetwork {
        private final SplittableRandom random;
        private final Graph graph;
        private final int batch;
        private final List<Node> images = new ArrayList<>();
        private final List<Node> parameters = new ArrayList<>();
        private final SequencedMap<String, Shape> states = new LinkedHashMap<>();

        RandomNetwork(int seed, Precision precision) {
            random = new SplittableRandom(seed);
            graph = new Graph(precision);
            batch = random.nextInt(32, 60);
        }

        void build() {
            images.add(graph.input("x", Shape.of(batch, random.nextInt(1, 4), 8, 8)));
            images.add(state(Shape.of(batch, 2, 6, 5)));
            Node loss = graph.constant(0);
            for (int i = 0; i < 12; i++) {
                images.add(next(pick()));
            }
            for (int i = 0; i < 2; i++) {
                loss = loss.add(head(pick()).tanh().sum());
            }
            graph.output("loss", loss);
            graph.output("image", pick());
            List<Node> gradients = Gradient.of(loss, parameters);
            List<String> labels = List.copyOf(states.keySet());
            for (int i = 0; i < labels.size(); i++) {
                Node old = parameters.get(i);
                Node step = gradients.get(i).multiply(0.01);
                (random.nextInt(5) == 0 ? step.square() : old.subtract(step)).assignTo(labels.get(i));
            }
        }

        private Node state(Shape shape) {
            String label = "s" + states.size();
            states.put(label, shape);
            parameters.add(graph.state(label, shape));
            return parameters.getLast();
        }

        /** Late ones more often. */
        private Node pick() {
            return images.get(Math.max(random.nextInt(images.size()), random.nextInt(images.size())));
        }

        private Node next(Node x) {
            Shape shape = x.shape();
            int channels = shape.size(1);
            boolean halves = shape.size(2) > 1 && shape.size(3) > 1;
            Window window = window(shape);
            Shape kernel = Shape.of(random.nextInt(1, 6), channels, window.kernelY(), window.kernelX());
            return switch (random.nextInt(10)) {
                case 0 -> x.relu();
                case 1 -> x.tanh().add(state(Shape.of(1, channels, 1, 1)));
                case 2 ->
                    x.multiply(images.stream()
                            .filter(other -> other.shape().equals(shape))
                            .findFirst()
                            .orElse(x));
                case 3 -> x.subtract(x.sum(2, 3).multiply(0.01).reshape(batch, channels, 1, 1));
                case 4 -> x.subtract(x.sum(0, 2, 3).multiply(0.001).reshape(1, channels, 1, 1));
                case 5 -> halves ? x.relu().maxPool(Window.square(2, 2, 0)) : x.square();
                case 6 -> x.maxPool(window);
                case 7 -> x.averagePool(window);
                default -> x.convolve(state(kernel), window).relu();
            };
        }

        private Window window(Shape shape) {
            int y = random.nextInt(1, Math.min(4, shape.size(2)) + 1);
            int x = random.nextInt(1, Math.min(4, shape.size(3)) + 1);
            return new Window(
                    y, x, random.nextInt(1, 3), random.nextInt(1, 4), random.nextInt(0, y), random.nextInt(0, x));
        }

        private Node head(Node x) {
            int features = x.shape().count() / batch;
            return x.reshape(batch, features).matmul(state(Shape.of(3, features)), false, true);
        }

        /** All states and outputs after two steps. */
        List<double[]> trained(Plan plan, int threads) {
            try (Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
                State state = new State(new StateLayout(plan.precision(), states));
                SplittableRandom numbers = new SplittableRandom(3);
                states.forEach((label, shape) -> state.write(
                        label, numbers.doubles(shape.count(), -0.5, 0.5).toArray()));
                Execution execution = new Cpu(workers).bind(plan, state, 1);
                if (plan.hasInput("x")) {
                    int count = images.getFirst().shape().count();
                    execution.set("x", numbers.doubles(count, -1, 1).toArray());
                }
                execution.run();
                execution.run();
                List<double[]> results = new ArrayList<>();
                states.keySet().forEach(label -> results.add(state.read(label)));
                plan.outputs().keySet().forEach(label -> results.add(execution.read(label)));
                return results;
            }
        }
    }
}
