package io.orrery.bench;

import io.orrery.bench.peer.TorchOperation;
import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Single operations other than products: convolutions against the peak, the others against the memory's bandwidth. */
final class Kernels {
    private static final String SUITE = "kernels";
    private static final Shape MATRIX = Shape.of(1024, 1024);
    private static final int BATCH = 128;

    private final Workers workers;

    Kernels(Workers workers) {
        this.workers = workers;
    }

    List<Supplier<Contest>> contests() {
        List<Supplier<Contest>> list = new ArrayList<>();
        int[][] convolutions = {
            {1, 28, 16, 3, 1, 1}, {32, 16, 64, 3, 1, 1}, {128, 4, 128, 3, 1, 1}, {32, 16, 64, 3, 2, 1}
        };
        for (int[] c : convolutions) {
            for (TorchOperation.Direction direction : TorchOperation.Direction.values()) {
                if (c[0] > 1 || direction != TorchOperation.Direction.INPUT_GRADIENT) {
                    list.add(() -> convolution(c[0], c[1], c[2], c[3], c[4], c[5], direction));
                }
            }
        }
        list.add(() -> elements("relu", 2, Node::relu, TorchOperation.Function.RELU));
        list.add(() -> elements("tanh", 2, Node::tanh, TorchOperation.Function.TANH));
        list.add(() -> elements("exp", 2, Node::exponential, TorchOperation.Function.EXP));
        list.add(() -> elements("sigmoid", 2, Node::sigmoid, TorchOperation.Function.SIGMOID));
        list.add(() -> elements("erf", 2, Node::errorFunction, TorchOperation.Function.ERF));
        list.add(() -> elements("sum-of-rows", 1, x -> x.sum(1), TorchOperation.Function.SUM_OF_ROWS));
        list.add(() -> elements("sum-of-columns", 1, x -> x.sum(0), TorchOperation.Function.SUM_OF_COLUMNS));
        list.add(() -> draws("uniform", Draw.Distribution.UNIFORM, TorchOperation.Function.UNIFORM));
        list.add(() -> draws("normal", Draw.Distribution.NORMAL, TorchOperation.Function.NORMAL));
        return list;
    }

    /** Random numbers, of which it writes 4 MB. */
    private Contest draws(String shape, Draw.Distribution distribution, TorchOperation.Function theirs) {
        return memory(
                shape,
                1,
                List.of(),
                (graph, _) -> graph.draw(distribution, "bench", MATRIX, graph.indexConstant(Shape.SCALAR, 1)),
                theirs);
    }

    /** An operation on 1024 x 1024 numbers, of which it moves so many times 4 MB. */
    private Contest elements(String shape, int passes, UnaryOperator<Node> operation, TorchOperation.Function theirs) {
        return memory(shape, passes, List.of(MATRIX), (_, x) -> operation.apply(x.getFirst()), theirs);
    }

    private Contest memory(
            String shape,
            int passes,
            List<Shape> operands,
            BiFunction<Graph, List<Node>, Node> operation,
            TorchOperation.Function theirs) {
        return new Contest(
                SUITE,
                shape + "-1M",
                workers.threads(),
                0,
                (double) passes * Float.BYTES * MATRIX.count(),
                new OrreryOperation(Precision.SINGLE, operands, operation, workers),
                TorchOperation.of(theirs, MATRIX.size(0), MATRIX.size(1)));
    }

    private Contest convolution(
            int channels, int size, int outputs, int kernel, int stride, int padding, TorchOperation.Direction way) {
        Window window = Window.square(kernel, stride, padding);
        Shape images = Shape.of(BATCH, channels, size, size);
        Shape weights = Shape.of(outputs, channels, kernel, kernel);
        int side = window.outputHeight(size);
        Shape results = Shape.of(BATCH, outputs, side, side);
        OrreryOperation ours = switch (way) {
            case FORWARD -> operation(List.of(images, weights), new Convolution.Forward(window));
            case INPUT_GRADIENT ->
                operation(List.of(results, weights), new Convolution.InputGradient(window, size, size));
            case KERNEL_GRADIENT -> operation(List.of(images, results), new Convolution.KernelGradient(window));
        };
        return new Contest(
                SUITE,
                "conv-" + channels + "x" + size + "-" + outputs + "-k" + kernel + "s" + stride + "-" + way.text(),
                workers.threads(),
                2.0 * results.count() * channels * kernel * kernel,
                0,
                ours,
                TorchOperation.of(way, BATCH, channels, size, outputs, side, kernel, stride, padding));
    }

    private OrreryOperation operation(List<Shape> operands, Convolution convolution) {
        return new OrreryOperation(
                Precision.SINGLE, operands, (graph, nodes) -> graph.add(convolution, nodes), workers);
    }
}
