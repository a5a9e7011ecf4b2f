package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.randn;

import io.orrery.bench.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A training step in libtorch as its users write it: layers without bias, in-place ReLU, mean square error, autograd, SGD
 * with momentum and weight decay. The batch is fixed.
 */
public final class TorchTraining implements Work {
    private static final TensorOptional NO_BIAS = new TensorOptional();

    private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
    private final TensorVector parameters = new TensorVector();
    private final ScalarType type;
    private Tensor input = new Tensor();
    private Tensor target = new Tensor();
    private SGD optimizer;

    private TorchTraining(ScalarType type) {
        this.type = type;
        this.optimizer = new SGD(parameters, new SGDOptions(0));
    }

    /** Fully connected layers of the given sizes, ReLU between. */
    public static TorchTraining mlp(int batch, boolean doubles, int... sizes) {
        TorchTraining training = new TorchTraining(doubles ? ScalarType.Double : ScalarType.Float);
        for (int i = 1; i < sizes.length; i++) {
            training.dense(sizes[i - 1], sizes[i], i < sizes.length - 1);
        }
        training.ready(new long[] {batch, sizes[0]}, new long[] {batch, sizes[sizes.length - 1]});
        return training;
    }

    /** Convolutions with ReLU, each followed by 2 x 2 max pooling where stated, and a dense output layer. */
    public static TorchTraining cnn(
            int batch,
            int channels,
            int size,
            int[] widths,
            int kernel,
            int stride,
            int padding,
            boolean[] pool,
            int outputs) {
        TorchTraining training = new TorchTraining(ScalarType.Float);
        int from = channels;
        int side = size;
        for (int i = 0; i < widths.length; i++) {
            training.convolution(from, widths[i], kernel, stride, padding);
            side = (side + 2 * padding - kernel) / stride + 1;
            if (pool[i]) {
                training.layers.add(image -> max_pool2d(image, 2, 2));
                side /= 2;
            }
            from = widths[i];
        }
        training.layers.add(image -> image.flatten(1, -1));
        training.dense(from * side * side, outputs, false);
        training.ready(new long[] {batch, channels, size, size}, new long[] {batch, outputs});
        return training;
    }

    private void dense(int from, int to, boolean relu) {
        Tensor weight = parameter(from, to, from);
        layers.add(relu ? x -> linear(x, weight).relu_() : x -> linear(x, weight));
    }

    private void convolution(int from, int to, int kernel, int stride, int padding) {
        Tensor weight = parameter((long) from * kernel * kernel, to, from, kernel, kernel);
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        layers.add(x -> conv2d(x, weight, NO_BIAS, strides, paddings, new long[] {1, 1}, 1)
                .relu_());
    }

    /** Weights at He's scale, so that activations stay in a usual range while the clock runs. */
    private Tensor parameter(long fanIn, long... shape) {
        Tensor weight = randn(shape, new TensorOptions(type)).mul(new Scalar(Math.sqrt(2.0 / fanIn)));
        weight.set_requires_grad(true);
        parameters.push_back(weight);
        return weight;
    }

    private void ready(long[] inputShape, long[] targetShape) {
        TensorOptions options = new TensorOptions(type);
        input = randn(inputShape, options);
        target = randn(targetShape, options);
        SGDOptions settings = new SGDOptions(0.01);
        settings.momentum().put(0.9);
        settings.weight_decay().put(1e-4);
        optimizer = new SGD(parameters, settings);
    }

    @Override
    public void run() {
        try (PointerScope step = new PointerScope()) {
            optimizer.zero_grad();
            Tensor x = input;
            for (UnaryOperator<Tensor> layer : layers) {
                x = layer.apply(x);
            }
            mse_loss(x, target).backward();
            optimizer.step();
        }
    }
}
