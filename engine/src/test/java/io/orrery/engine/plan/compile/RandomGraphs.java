package io.orrery.engine.plan.compile;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Graphs of random operations on arrays of few shapes, with assignments that swap, update and overwrite state. */
final class RandomGraphs {
    private static final int[][] SHAPES = {{}, {5}, {3, 5}, {3, 1}, {1, 5}, {5, 3}, {2, 3, 5}, {15}};
    private static final UnaryFunction[] UNARIES = UnaryFunction.values();
    private static final BinaryFunction[] BINARIES = BinaryFunction.values();

    private final SplittableRandom random;
    private final Graph graph;
    private final List<Node> nodes = new ArrayList<>();
    private final SequencedMap<String, Shape> states = new LinkedHashMap<>();

    private RandomGraphs(long seed, Precision precision) {
        this.random = new SplittableRandom(seed);
        this.graph = new Graph(precision);
    }

    /** A graph and the state that it needs. */
    record Case(Graph graph, SequencedMap<String, Shape> states) {}

    static Case of(long seed, Precision precision, int size) {
        return new RandomGraphs(seed, precision).build(size);
    }

    private Case build(int size) {
        for (int i = 0; i < SHAPES.length; i++) {
            Shape shape = Shape.of(SHAPES[i]);
            for (String label : List.of("s" + i, "t" + i)) {
                states.put(label, shape);
                nodes.add(graph.state(label, shape));
            }
        }
        nodes.add(graph.scalarInput("rate"));
        nodes.add(graph.input("batch", Shape.of(3, 5)));
        nodes.add(graph.constant(0.75));
        nodes.add(graph.constant(Shape.of(3, 5), random.doubles(15).toArray()));
        nodes.add(
                graph.draw(Draw.Distribution.NORMAL, "noise", Shape.of(3, 5), graph.indexInput("step", Shape.SCALAR)));
        while (nodes.size() < size) {
            nodes.add(next());
        }
        Node loss = pick().sum().add(pick().square().sum());
        List<Node> wanted = List.of(pick(), pick());
        List<Node> gradients = Gradient.of(loss, wanted);
        graph.output("loss", loss);
        for (int i = 0; i < 4; i++) {
            graph.output("out" + i, pick());
        }
        graph.output("gradient", gradients.getFirst());
        for (var state : states.entrySet()) {
            List<Node> fitting = nodes.stream()
                    .filter(node -> node.shape().equals(state.getValue()))
                    .toList();
            if (random.nextInt(3) > 0) {
                Node value = fitting.get(random.nextInt(fitting.size()));
                graph.assign(
                        state.getKey(),
                        random.nextBoolean()
                                ? value
                                : value.multiply(0.5).add(graph.state(state.getKey(), state.getValue())));
            }
        }
        return new Case(graph, states);
    }

    private Node pick() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private Node pick(int... sizes) {
        Shape shape = Shape.of(sizes);
        List<Node> fitting =
                nodes.stream().filter(node -> node.shape().equals(shape)).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private Node next() {
        Node x = pick();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> graph.add(new Elementwise.Unary(UNARIES[random.nextInt(UNARIES.length)]), x);
            case 3, 4, 5, 6 -> {
                int[] shape = SHAPES[random.nextInt(SHAPES.length)];
                Node left = pick(shape);
                Node right = random.nextBoolean() ? pick() : pick(shape);
                Node fitting = fits(left, right) ? right : pick(shape);
                yield binary(left, fitting);
            }
            case 7 -> pick(3, 5).add(pick(1, 5)).multiply(pick(3, 1));
            case 8 -> pick(15).reshape(3, 5);
            case 9 ->
                x.shape().rank() == 0
                        ? x.negate()
                        : x.sum(random.nextInt(x.shape().rank())).tanh();
            case 10 -> pick(3, 5).matmul(pick(5, 3)).matmul(pick(3, 5)).tanh();
            case 11 ->
                pick(2, 3, 5).slice(new int[] {1, 0, 0}, Shape.of(1, 3, 5)).reshape(3, 5);
            case 12 -> pick(5, 3).permute(1, 0);
            default ->
                pick(3, 5)
                        .max(1)
                        .add(graph.add(new Indexing.OneHot(5), pick(3, 5).argMax(1))
                                .reshape(3, 5));
        };
    }

    private Node binary(Node left, Node right) {
        return switch (random.nextInt(6)) {
            case 0 -> left.greater(right).select(left, right);
            case 1 -> left.multiplyAdd(right, left);
            case 2 -> left.add(right);
            case 3 -> right.subtract(left);
            default ->
                switch (BINARIES[random.nextInt(BINARIES.length)]) {
                    case ADD -> left.add(right);
                    case SUBTRACT -> left.subtract(right);
                    case MULTIPLY -> left.multiply(right);
                    case DIVIDE -> left.divide(right);
                    case MAXIMUM -> left.maximum(right);
                    case MINIMUM -> left.minimum(right);
                    case GREATER -> left.greater(right);
                    case EQUAL -> left.equalTo(right);
                };
        };
    }

    private static boolean fits(Node left, Node right) {
        int rank = left.shape().rank();
        if (right.shape().rank() > rank) {
            return false;
        }
        for (int i = 1; i <= right.shape().rank(); i++) {
            int size = right.shape().size(-i);
            if (size != 1 && size != left.shape().size(-i)) {
                return false;
            }
        }
        return true;
    }
}
