package io.orrery.bench;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.leaky_relu;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.softplus;
import static org.bytedeco.pytorch.global.torch.tanh;

import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Local;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The network of a spec in libtorch, as a PyTorch user would write it: a Sequential of the same layers, read from the
 * spec alone, with the weights of a state. Nothing here comes from the lab's own forward pass.
 */
final class TorchTwin {
    private static final long[] ONES = {1, 1};

    private final ModelSpec spec;
    private final List<Layer> layers;
    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> statistics = new LinkedHashMap<>();

    TorchTwin(ModelSpec spec, Dataset data, int outputs, State initial) {
        this.spec = spec;
        this.layers = spec.architecture().layers(data.exampleShape(), outputs);
        for (String name : initial.layout().names()) {
            if (name.startsWith("optimizer.")) {
                continue;
            }
            int[] sizes = initial.layout().shape(name).sizes();
            long[] shape = new long[sizes.length];
            for (int axis = 0; axis < sizes.length; axis++) {
                shape[axis] = sizes[axis];
            }
            Tensor tensor = Tensors.of(initial.layout().precision(), initial.read(name), shape);
            if (name.contains(".running_")) {
                statistics.put(name, tensor);
            } else {
                tensor.set_requires_grad(true);
                parameters.put(name, tensor);
            }
        }
    }

    SequencedMap<String, Tensor> parameters() {
        return parameters;
    }

    SequencedMap<String, Tensor> statistics() {
        return statistics;
    }

    /** Training mode; batch normalization updates its statistics. */
    Tensor outputs(Tensor inputs) {
        Tensor x = inputs;
        for (int i = 0; i < layers.size(); i++) {
            x = apply("layers." + i, layers.get(i), x, i < layers.size() - 1);
        }
        return x.flatten(1, -1);
    }

    private Tensor apply(String name, Layer layer, Tensor x, boolean activated) {
        return switch (layer) {
            case Dense _ -> {
                Tensor product = linear(x.flatten(1, -1), weight(name), optional(name + ".bias"));
                yield activated ? activation(normalized(name, product)) : product;
            }
            case Conv conv -> {
                Tensor product = conv2d(
                        x, weight(name), optional(name + ".bias"), both(conv.stride()), both(conv.padding()), ONES, 1);
                yield activated ? activation(normalized(name, product)) : product;
            }
            case MaxPool pool -> max_pool2d(x, both(pool.kernel()), both(pool.stride()), both(0), both(1), false);
            case AveragePool pool -> {
                if (pool.kernel() != pool.stride()) {
                    throw new IllegalArgumentException("the twin knows average pooling with stride = kernel only");
                }
                yield avg_pool2d(x, both(pool.kernel()));
            }
            case GlobalPool _ -> adaptive_avg_pool2d(x, both(1)).flatten(1, -1);
            case Residual residual -> {
                Tensor inner = x;
                for (int i = 0; i < residual.layers().size(); i++) {
                    inner = apply(name + ".layers." + i, residual.layers().get(i), inner, true);
                }
                yield inner.add(shortcut(name + ".projection.weight", x, inner));
            }
            case Local _ -> throw new IllegalArgumentException("PyTorch has no locally connected layer");
        };
    }

    private Tensor shortcut(String projection, Tensor x, Tensor inner) {
        if (!parameters.containsKey(projection)) {
            return x;
        }
        if (x.dim() == 2) {
            return linear(x, parameter(projection));
        }
        long stride = x.size(2) / inner.size(2);
        return conv2d(x, parameter(projection), new TensorOptional(), new long[] {stride, stride}, both(0), ONES, 1);
    }

    private Tensor normalized(String layer, Tensor x) {
        if (spec.normalization() != Normalization.BATCH) {
            return x;
        }
        return batch_norm(
                x,
                optional(layer + ".norm.weight"),
                optional(layer + ".norm.bias"),
                new TensorOptional(statistic(layer + ".norm.running_mean")),
                new TensorOptional(statistic(layer + ".norm.running_var")),
                true,
                0.1,
                1e-5,
                false);
    }

    private Tensor activation(Tensor x) {
        Activation activation = spec.activation();
        return switch (activation) {
            case RELU -> relu(x);
            case LEAKY -> leaky_relu(x);
            case TANH -> tanh(x);
            case SIGMOID -> sigmoid(x);
            case GELU -> gelu(x);
            case SOFTPLUS -> softplus(x);
            case LINEAR -> x;
        };
    }

    /** Under weight normalization row by row g v / ||v||, as torch.nn.utils.weight_norm has it. */
    private Tensor weight(String layer) {
        if (spec.normalization() != Normalization.WEIGHT) {
            return parameter(layer + ".weight");
        }
        Tensor direction = parameter(layer + ".weight_v");
        long[] withinRow = LongStream.range(1, direction.dim()).toArray();
        Tensor norms = direction
                .square()
                .sum(withinRow, true, new ScalarTypeOptional())
                .sqrt();
        return direction.mul(parameter(layer + ".weight_g").div(norms));
    }

    private Tensor parameter(String name) {
        return found(parameters, name);
    }

    private Tensor statistic(String name) {
        return found(statistics, name);
    }

    private TensorOptional optional(String name) {
        return parameters.containsKey(name) ? new TensorOptional(parameter(name)) : new TensorOptional();
    }

    private static Tensor found(SequencedMap<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the state has no " + name + "; it has " + tensors.keySet());
        }
        return tensor;
    }

    private static long[] both(long size) {
        return new long[] {size, size};
    }
}
