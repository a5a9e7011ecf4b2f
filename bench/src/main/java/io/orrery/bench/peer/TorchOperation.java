package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.convolution_backward;
import static org.bytedeco.pytorch.global.torch.erf;
import static org.bytedeco.pytorch.global.torch.exp;
import static org.bytedeco.pytorch.global.torch.rand;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.tanh;

import io.orrery.bench.RepeatableWork;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** A single operation in libtorch. */
public final class TorchOperation implements RepeatableWork {
    private final Runnable operation;

    private TorchOperation(Runnable operation) {
        this.operation = operation;
    }

    /** Operations on a matrix. */
    public enum Function {
        RELU,
        TANH,
        EXP,
        SIGMOID,
        ERF,
        SUM_OF_ROWS,
        SUM_OF_COLUMNS,
        UNIFORM,
        NORMAL
    }

    /** Ways through a convolution. */
    public enum Direction {
        FORWARD,
        INPUT_GRADIENT,
        KERNEL_GRADIENT;

        /** In the shape's name. */
        public String text() {
            return switch (this) {
                case FORWARD -> "forward";
                case INPUT_GRADIENT -> "input";
                case KERNEL_GRADIENT -> "kernel";
            };
        }
    }

    /** An operation on a matrix of normal numbers. */
    public static TorchOperation of(Function function, int rows, int columns) {
        Tensor x = randn(rows, columns);
        long[] first = {0};
        long[] second = {1};
        return new TorchOperation(
                switch (function) {
                    case RELU -> () -> relu(x);
                    case TANH -> () -> tanh(x);
                    case EXP -> () -> exp(x);
                    case SIGMOID -> () -> sigmoid(x);
                    case ERF -> () -> erf(x);
                    case SUM_OF_ROWS -> () -> x.sum(second);
                    case SUM_OF_COLUMNS -> () -> x.sum(first);
                    case UNIFORM -> () -> rand(rows, columns);
                    case NORMAL -> () -> randn(rows, columns);
                });
    }

    /** One way through a convolution of square images. */
    public static TorchOperation of(
            Direction way,
            int batch,
            int channels,
            int size,
            int outputs,
            int side,
            int kernel,
            int stride,
            int padding) {
        Tensor images = randn(batch, channels, size, size);
        Tensor weights = randn(outputs, channels, kernel, kernel);
        Tensor gradient = randn(batch, outputs, side, side);
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        long[] ones = {1, 1};
        if (way == Direction.FORWARD) {
            TensorOptional none = new TensorOptional();
            return new TorchOperation(() -> conv2d(images, weights, none, strides, paddings, ones, 1));
        }
        boolean input = way == Direction.INPUT_GRADIENT;
        BoolPointer wanted = new BoolPointer(3).put(0, input).put(1, !input).put(2, false);
        LongArrayRefOptional noBias = new LongArrayRefOptional();
        return new TorchOperation(() -> convolution_backward(
                gradient, images, weights, noBias, strides, paddings, ones, false, new long[] {0, 0}, 1, wanted));
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            operation.run();
        }
    }
}
