package io.orrery.bench;

import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The registry of guards: every kernel has a line. Expected shares were reached on one machine with
 * 512-bit vectors; those of the bandwidth exceed 1 where a cache holds the arrays. */
final class Guards {
    private static final Shape MATRIX = Shape.of(1024, 1024);
    private static final Shape IMAGES = Shape.of(32, 32, 32, 32);
    private static final Shape NUMBERS = Shape.of(1 << 14);
    private static final int[] ROWS = rows();

    private final List<Guard> list = new ArrayList<>();

    private Guards() {
        products();
        convolutions();
        functions();
        passes();
        pooling();
        movement();
        random();
    }

    /** All of them. */
    static List<Guard> all() {
        return new Guards().list;
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Guard named(String name) {
        return all().stream()
                .filter(guard -> guard.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no guard '" + name + "'"));
    }

    private void products() {
        product("product", 128, 256, 256, false, false, Precision.SINGLE, 0.8);
        product("product, right transposed", 128, 256, 784, false, true, Precision.SINGLE, 0.8);
        product("product, left transposed", 256, 784, 128, true, false, Precision.SINGLE, 0.7);
        product("product, both transposed", 256, 256, 256, true, true, Precision.SINGLE, 0.7);
        product("product, large", 512, 512, 512, false, false, Precision.SINGLE, 0.83);
        product("product, ten columns", 128, 10, 256, false, true, Precision.SINGLE, 0.32);
        product("product, double", 256, 256, 256, false, false, Precision.DOUBLE, 0.39);
    }

    private void product(
            String name, int m, int n, int k, boolean left, boolean right, Precision precision, double expected) {
        list.add(new Guard(
                name,
                Guard.Limit.PEAK,
                2e-9 * m * n * k,
                expected,
                () -> OrreryOperation.product(m, n, k, left, right, precision, Workers.single())));
    }

    private void convolutions() {
        convolution("convolution", 32, 16, 64, 1, Way.FORWARD, 0.7);
        convolution("convolution, input gradient", 32, 16, 64, 1, Way.INPUT, 0.6);
        convolution("convolution, kernel gradient", 32, 16, 64, 1, Way.KERNEL, 0.64);
        convolution("convolution, first layer", 1, 28, 16, 1, Way.FORWARD, 0.32);
        convolution("convolution, small maps", 128, 4, 128, 1, Way.FORWARD, 0.75);
        convolution("convolution, stride 2", 32, 16, 64, 2, Way.FORWARD, 0.63);
        convolution("convolution, stride 2, input gradient", 32, 16, 64, 2, Way.INPUT, 0.4);
        convolution("convolution, stride 2, kernel gradient", 32, 16, 64, 2, Way.KERNEL, 0.5);
    }

    private enum Way {
        FORWARD,
        INPUT,
        KERNEL
    }

    private void convolution(String name, int channels, int size, int outputs, int stride, Way way, double expected) {
        int batch = 16;
        Window window = Window.square(3, stride, 1);
        Shape images = Shape.of(batch, channels, size, size);
        Shape kernels = Shape.of(outputs, channels, 3, 3);
        int side = window.outputHeight(size);
        Shape results = Shape.of(batch, outputs, side, side);
        add(
                name,
                Guard.Limit.PEAK,
                2e-9 * results.count() * channels * 9,
                expected,
                switch (way) {
                    case FORWARD -> List.of(images, kernels);
                    case INPUT -> List.of(results, kernels);
                    case KERNEL -> List.of(images, results);
                },
                (graph, nodes) -> graph.add(
                        switch (way) {
                            case FORWARD -> new Convolution.Forward(window);
                            case INPUT -> new Convolution.InputGradient(window, size, size);
                            case KERNEL -> new Convolution.KernelGradient(window);
                        },
                        nodes));
    }

    private void functions() {
        function("exp", Node::exponential, 0.02);
        function("log", x -> x.square().logarithm(), 0.0125);
        function("tanh", Node::tanh, 0.0145);
        function("sigmoid", Node::sigmoid, 0.0125);
        function("error function", Node::errorFunction, 0.01);
    }

    private void function(String name, UnaryOperator<Node> function, double expected) {
        add(
                name,
                Guard.Limit.PEAK,
                1e-9 * MATRIX.count(),
                expected,
                List.of(MATRIX),
                (_, x) -> function.apply(x.getFirst()));
    }

    private void passes() {
        pass("relu", 2, 2.4, 1, (_, x) -> x.get(0).relu());
        pass("add", 3, 2.6, 2, (_, x) -> x.get(0).add(x.get(1)));
        pass("divide by a number", 2, 2.6, 1, (_, x) -> x.get(0).divide(3));
        pass("select", 4, 2.1, 3, (_, x) -> x.get(0).select(x.get(1), x.get(2)));
        pass("multiply and add", 4, 2.6, 3, (_, x) -> x.get(0).multiplyAdd(x.get(1), x.get(2)));
        pass("scaled sum", 3, 2.4, 2, (_, x) -> x.get(0).add(x.get(1).multiply(0.5)));
        pass("sum of all", 1, 2.8, 1, (_, x) -> x.get(0).sum());
        pass("sum of rows", 1, 2.4, 1, (_, x) -> x.get(0).sum(1));
        pass("sum of columns", 1, 1, 1, (_, x) -> x.get(0).sum(0));
        pass("largest of rows", 1, 0.26, 1, (_, x) -> x.get(0).argMax(1));
    }

    private void pooling() {
        Window window = Window.square(2, 2, 0);
        double images = 4e-9 * IMAGES.count();
        add(
                "max pooling",
                Guard.Limit.BANDWIDTH,
                1.5 * images,
                1,
                List.of(IMAGES),
                (_, x) -> x.getFirst().maxPool(window));
        add(
                "average pooling",
                Guard.Limit.BANDWIDTH,
                1.25 * images,
                0.13,
                List.of(IMAGES),
                (_, x) -> x.getFirst().averagePool(window));
        add(
                "average pooling, gradient",
                Guard.Limit.BANDWIDTH,
                1.25 * images,
                0.15,
                List.of(Shape.of(32, 32, 16, 16)),
                (graph, x) -> graph.add(new Pooling.WindowSpread(window, 32, 32), x));
    }

    private void movement() {
        pass("transpose", 2, 0.065, 1, (_, x) -> x.get(0).transpose());
        pass(
                "a row to all rows",
                2,
                5.4,
                1,
                (_, x) -> x.get(0).slice(new int[] {0, 0}, Shape.of(1, 1024)).broadcast(MATRIX));
        pass("slice", 1, 5.6, 1, (_, x) -> x.get(0).slice(new int[] {256, 256}, Shape.of(512, 512)));
        pass("take rows", 2, 2.8, 1, (graph, x) -> x.get(0).takeRows(graph.indexConstant(Shape.of(1024), ROWS)));
        pass(
                "add to rows",
                2,
                0.46,
                1,
                (graph, x) ->
                        graph.add(new Indexing.AddRows(1024), x.get(0), graph.indexConstant(Shape.of(1024), ROWS)));
        pass(
                "take along rows",
                0.01,
                0.19,
                1,
                (graph, x) -> x.get(0).takeAlong(graph.indexConstant(Shape.of(1024, 1), ROWS), 1));
    }

    private void random() {
        add(
                "uniform numbers",
                Guard.Limit.PEAK,
                1e-9 * NUMBERS.count(),
                0.0078,
                List.of(),
                (graph, _) ->
                        graph.draw(Draw.Distribution.UNIFORM, "guard", NUMBERS, graph.indexConstant(Shape.SCALAR, 1)));
        add(
                "normal numbers",
                Guard.Limit.PEAK,
                1e-9 * NUMBERS.count(),
                0.0024,
                List.of(),
                (graph, _) ->
                        graph.draw(Draw.Distribution.NORMAL, "guard", NUMBERS, graph.indexConstant(Shape.SCALAR, 1)));
    }

    /** An operation that reads and writes so many times 4 MB. */
    private void pass(
            String name, double arrays, double expected, int operands, BiFunction<Graph, List<Node>, Node> operation) {
        add(
                name,
                Guard.Limit.BANDWIDTH,
                4e-9 * arrays * MATRIX.count(),
                expected,
                Collections.nCopies(operands, MATRIX),
                operation);
    }

    private void add(
            String name,
            Guard.Limit limit,
            double amount,
            double expected,
            List<Shape> operands,
            BiFunction<Graph, List<Node>, Node> operation) {
        list.add(new Guard(
                name,
                limit,
                amount,
                expected,
                () -> new OrreryOperation(Precision.SINGLE, operands, operation, Workers.single())));
    }

    /** Every row once, out of order. */
    private static int[] rows() {
        int[] rows = new int[1024];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = 421 * i % rows.length;
        }
        return rows;
    }
}
