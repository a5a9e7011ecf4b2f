package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import io.orrery.bench.ConvolutionalNetwork;
import io.orrery.bench.RepeatableWork;
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
public final class TorchTraining implements RepeatableWork {
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
        return mlp(batch, doubles, false, sizes);
    }

    /** The same, with batch normalization before each ReLU if asked for. */
    public static TorchTraining mlp(int batch, boolean doubles, boolean batchNormalization, int... sizes) {
        TorchTraining training = new TorchTraining(doubles ? ScalarType.Double : ScalarType.Float);
        for (int i = 1; i < sizes.length; i++) {
            boolean hidden = i < sizes.length - 1;
            training.dense(sizes[i - 1], sizes[i], hidden && batchNormalization, hidden);
        }
        training.ready(new long[] {batch, sizes[0]}, new long[] {batch, sizes[sizes.length - 1]});
        return training;
    }

    /** A convolutional network, see {@link ConvolutionalNetwork}. */
    public static TorchTraining cnn(int batch, ConvolutionalNetwork network) {
        TorchTraining training = new TorchTraining(ScalarType.Float);
        int from = network.channels();
        int side = network.size();
        for (ConvolutionalNetwork.Layer layer : network.layers()) {
            training.convolution(from, layer);
            side = (side + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
            if (layer.pool()) {
                training.layers.add(image -> max_pool2d(image, 2, 2));
                side /= 2;
            }
            from = layer.outputs();
        }
        training.layers.add(image -> image.flatten(1, -1));
        int features = from * side * side;
        if (network.classes() > 0) {
            training.dense(features, network.classes(), false, false);
        }
        long outputs = network.classes() > 0 ? network.classes() : features;
        training.ready(
                new long[] {batch, network.channels(), network.size(), network.size()}, new long[] {batch, outputs});
        return training;
    }

    private void dense(int from, int to, boolean batchNormalization, boolean relu) {
        Tensor weight = parameter(from, to, from);
        add(x -> linear(x, weight), to, batchNormalization, relu);
    }

    private void convolution(int from, ConvolutionalNetwork.Layer layer) {
        int kernel = layer.kernel();
        Tensor weight = parameter((long) from * kernel * kernel, layer.outputs(), from, kernel, kernel);
        long[] strides = {layer.stride(), layer.stride()};
        long[] paddings = {layer.padding(), layer.padding()};
        add(
                x -> conv2d(x, weight, NO_BIAS, strides, paddings, new long[] {1, 1}, 1),
                layer.outputs(),
                layer.batchNormalization(),
                layer.relu());
    }

    private void add(UnaryOperator<Tensor> linear, int channels, boolean batchNormalization, boolean relu) {
        layers.add(linear);
        if (batchNormalization) {
            TensorOptional mean = new TensorOptional(zeros(new long[] {channels}, new TensorOptions(type)));
            TensorOptional variance = new TensorOptional(ones(new long[] {channels}, new TensorOptions(type)));
            layers.add(x -> batch_norm(x, NO_BIAS, NO_BIAS, mean, variance, true, 0.1, 1e-5, false));
        }
        if (relu) {
            layers.add(Tensor::relu_);
        }
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
