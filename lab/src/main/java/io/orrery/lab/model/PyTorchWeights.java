package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.file.Tensor;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.text.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Weights from and for safetensors files under PyTorch's names, such as layers.0.weight. Reading is strict: every array of
 * the network must be there with its shape, and no other (PyTorch's num_batches_tracked apart). Under weight normalization
 * a plain weight W is split into v = W and g = its row norms; under frobenius normalization, where the file has no rho,
 * into V_k = W_k / ||W_k|| and rho = the product of the norms.
 */
public final class PyTorchWeights {
    private static final String COUNTER = ".num_batches_tracked";

    private PyTorchWeights() {}

    /**
     * The arrays of a network as a file gives them, by name.
     *
     * @param key the key of the spec that names the file, for messages
     * @throws UserError if the file cannot be read, or lacks an array, has another one, or one of another shape
     */
    public static SequencedMap<String, double[]> read(Network network, Path file, String key) {
        return of(network, Safetensors.read(file).tensors(), file.toString(), key);
    }

    static SequencedMap<String, double[]> of(Network network, Map<String, Tensor> tensors, String file, String key) {
        Normalization normalization = network.spec().normalization();
        boolean plain = normalization == Normalization.FROBENIUS && !tensors.containsKey(Network.RHO)
                || normalization == Normalization.WEIGHT
                        && tensors.keySet().stream().noneMatch(name -> name.endsWith(".weight_v"));
        SequencedMap<String, Shape> expected = plain ? plainShapes(network) : network.arrays();
        for (String name : tensors.keySet()) {
            if (!expected.containsKey(name) && !name.endsWith(COUNTER)) {
                throw new UserError(key + ": " + file + " holds " + name + ", which the network does not have; "
                        + Nearest.hint(name, expected.keySet()));
            }
        }
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        expected.forEach((name, shape) -> values.put(name, array(name, shape, tensors, file, key)));
        return plain ? split(network, values, key) : values;
    }

    /** The weights that the network uses, under plain names: rho and the magnitudes are multiplied in. */
    public static Safetensors plain(Network network, State state) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        SequencedMap<String, Shape> shapes = plainShapes(network);
        Map<String, double[]> effective = new LinkedHashMap<>();
        WeightLayer output = network.layers().getLast();
        for (WeightLayer layer : network.layers()) {
            double[] weight = EffectiveWeights.of(layer, state);
            if (state.layout().contains(Network.RHO) && layer == output) {
                Initial.scaled(weight, state.read(Network.RHO)[0]);
            }
            effective.put(weightName(layer), weight);
        }
        shapes.forEach((name, shape) -> {
            double[] values = effective.containsKey(name) ? effective.get(name) : state.read(name);
            tensors.put(name, tensor(shape, values, state));
        });
        return new Safetensors(tensors, Map.of("format", "pt"));
    }

    private static Tensor tensor(Shape shape, double[] values, State state) {
        List<Long> sizes = sizes(shape);
        return switch (state.layout().precision()) {
            case DOUBLE -> Tensor.of(sizes, values, 0, values.length);
            case SINGLE -> {
                float[] rounded = new float[values.length];
                for (int i = 0; i < rounded.length; i++) {
                    rounded[i] = (float) values[i];
                }
                yield Tensor.of(sizes, rounded, 0, rounded.length);
            }
        };
    }

    private static double[] array(String name, Shape shape, Map<String, Tensor> tensors, String file, String key) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new UserError(
                    key + ": " + file + " has no " + name + " " + shape + "; " + Nearest.hint(name, tensors.keySet()));
        }
        if (!tensor.shape().equals(sizes(shape)) && !(shape.isScalar() && tensor.count() == 1)) {
            throw new UserError(
                    key + ": " + name + " in " + file + " is " + tensor.described() + ", the network needs " + shape);
        }
        double[] values = tensor.doubles(name + " in " + file);
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new UserError(key + ": " + name + " in " + file + " holds " + value);
            }
        }
        return values;
    }

    private static SequencedMap<String, double[]> split(
            Network network, SequencedMap<String, double[]> plain, String key) {
        SequencedMap<String, double[]> values = new LinkedHashMap<>(plain);
        double rho = 1;
        for (WeightLayer layer : network.layers()) {
            double[] weight = java.util.Objects.requireNonNull(values.remove(weightName(layer)), layer.name());
            if (layer.magnitude().isPresent()) {
                Parameter magnitude = layer.magnitude().get();
                double[] norms = Initial.rowNorms(weight, magnitude.shape().count());
                for (int row = 0; row < norms.length; row++) {
                    if (norms[row] == 0) {
                        throw new UserError(key + ": row " + row + " of " + weightName(layer)
                                + " is zero and has no direction; weight normalization needs one for every unit");
                    }
                }
                values.put(magnitude.name(), norms);
            } else {
                double norm = Initial.norm(weight);
                if (norm == 0) {
                    throw new UserError(key + ": " + weightName(layer)
                            + " is zero and has no direction; frobenius normalization needs one");
                }
                Initial.scaled(weight, 1 / norm);
                rho *= norm;
            }
            values.put(layer.weight().name(), weight);
        }
        if (network.spec().normalization() == Normalization.FROBENIUS) {
            values.put(Network.RHO, new double[] {rho});
        }
        return values;
    }

    private static SequencedMap<String, Shape> plainShapes(Network network) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            switch (parameter.role()) {
                case WEIGHT, BIAS, GAIN, SHIFT, COEFFICIENT, TABLE -> shapes.put(parameter.name(), parameter.shape());
                case DIRECTION -> shapes.put(parameter.layer() + ".weight", parameter.shape());
                case MAGNITUDE, SCALE -> {}
            }
        }
        network.statistics().forEach(statistic -> shapes.put(statistic.name(), statistic.shape()));
        return shapes;
    }

    private static String weightName(WeightLayer layer) {
        return layer.name() + ".weight";
    }

    private static List<Long> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).mapToObj(size -> (long) size).toList();
    }
}
