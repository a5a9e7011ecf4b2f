package io.orrery.lab.recomputed;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A network in evaluation mode, one example at a time, by loops: the definition of what a spec's model computes (PyTorch's
 * conventions), with the derivative along one number of one parameter beside every value.
 */
final class PlainNetwork {
    /** Puts the direction on a layer's weights as the network uses them, which under weight normalization are no parameter. */
    static final String USED = "used:";

    private static final double BATCH_EPSILON = 1e-5;
    private static final double LEAK = 0.01;
    private static final String RHO = "rho";

    private final ModelSpec model;
    private final Shape example;
    private final List<Layer> architecture;
    private final Map<String, double[]> arrays;
    private final String along;
    private final int place;

    /**
     * One layer with weights, as this network found it.
     *
     * @param rows the weights as the network uses them, as a matrix: [outputs, inputs], [channels, in * ky * kx] or, for
     *     local layers, [positions * channels, in * ky * kx]
     * @param positions output positions; 1 for dense layers
     * @param input what entered, for its shape
     */
    record Weighted(String name, Layer layer, double[][] rows, int positions, Signal input) {
        /** Numbers that enter for one example. */
        int inputs() {
            return input.value().length;
        }

        /** The matrix that takes the whole input to the whole output, without bias: each weight wherever its window puts it. */
        double[][] map() {
            return switch (layer) {
                case Conv conv -> map(conv.kernel(), conv.stride(), conv.padding(), false);
                case Local local -> map(local.kernel(), local.stride(), local.padding(), true);
                case Dense _ -> rows;
                case Layer other -> throw new IllegalArgumentException(name + " has no weights: " + other);
            };
        }

        private double[][] map(int kernel, int stride, int padding, boolean local) {
            int width = (input.width() + 2 * padding - kernel) / stride + 1;
            double[][] map = new double[channels() * positions][inputs()];
            for (int o = 0; o < channels(); o++) {
                for (int p = 0; p < positions; p++) {
                    double[] weights = rows[local ? p * channels() + o : o];
                    for (int i = 0; i < weights.length; i++) {
                        int y = p / width * stride - padding + i / kernel % kernel;
                        int x = p % width * stride - padding + i % kernel;
                        if (y >= 0 && x >= 0 && y < input.height() && x < input.width()) {
                            map[o * positions + p][input.at(i / (kernel * kernel), y, x)] = weights[i];
                        }
                    }
                }
            }
            return map;
        }

        int area() {
            return switch (layer) {
                case Conv conv -> conv.kernel() * conv.kernel();
                case Local local -> local.kernel() * local.kernel();
                case Layer other -> other instanceof Dense ? 1 : 0;
            };
        }

        boolean dense() {
            return layer instanceof Dense;
        }

        /** Outputs at one position. */
        int channels() {
            return layer instanceof Local ? rows.length / positions : rows.length;
        }
    }

    /**
     * What one example became.
     *
     * @param features what enters each layer with weights but the first, under the name of what gave it; what several layers
     *     read is there once
     */
    record Result(Signal outputs, SequencedMap<String, double[]> features, List<Weighted> layers) {}

    PlainNetwork(ModelSpec model, Shape example, int outputs, Map<String, double[]> arrays) {
        this(model, example, model.architecture().layers(example, outputs), arrays, "", 0);
    }

    private PlainNetwork(
            ModelSpec model,
            Shape example,
            List<Layer> architecture,
            Map<String, double[]> arrays,
            String along,
            int place) {
        this.model = model;
        this.example = example;
        this.architecture = architecture;
        this.arrays = arrays;
        this.along = along;
        this.place = place;
    }

    /** The same network, whose slopes are derivatives along one number of a parameter. */
    PlainNetwork along(String parameter, int index) {
        return new PlainNetwork(model, example, architecture, arrays, parameter, index);
    }

    /** Layers with weights in forward order; a residual block's projection after its inner layers. */
    List<Weighted> layers() {
        return apply(new double[example.count()]).layers();
    }

    double[] array(String name) {
        double[] values = arrays.get(name);
        if (values == null) {
            throw new IllegalArgumentException("the run has no array " + name + ", there are " + arrays.keySet());
        }
        return values;
    }

    boolean has(String name) {
        return arrays.containsKey(name);
    }

    Result apply(double[] input) {
        boolean image = example.rank() == 3;
        Signal signal = new Signal(
                image ? example.size(0) : input.length,
                image ? example.size(1) : 1,
                image ? example.size(2) : 1,
                input,
                new double[input.length]);
        Pass pass = new Pass();
        Signal result = pass.layers("layers", architecture, signal, lastWeighted(architecture))
                .flat();
        if (has(RHO)) {
            double rho = array(RHO)[0];
            Signal scaled = Signal.of(result.value().length, 1, 1);
            for (int k = 0; k < result.value().length; k++) {
                scaled.addProduct(k, result.value()[k], result.slope()[k], rho, along.equals(RHO) ? 1 : 0);
            }
            result = scaled;
        }
        return new Result(result, pass.features, List.copyOf(pass.weighted));
    }

    private static int lastWeighted(List<Layer> layers) {
        int last = layers.size() - 1;
        while (layers.get(last) instanceof MaxPool
                || layers.get(last) instanceof AveragePool
                || layers.get(last) instanceof GlobalPool) {
            last--;
        }
        return last;
    }

    /** A parameter's numbers and their slopes. */
    private Signal parameter(String name) {
        double[] values = array(name);
        Signal result = new Signal(values.length, 1, 1, values, new double[values.length]);
        if (name.equals(along)) {
            result.slope()[place] = 1;
        }
        return result;
    }

    /** Weights of rows of a length: W, or g v / ||v|| row by row under weight normalization. */
    private Signal used(String layer, int length) {
        Signal used;
        if (model.normalization() == Normalization.WEIGHT) {
            Signal direction = parameter(layer + ".weight_v");
            Signal magnitude = parameter(layer + ".weight_g");
            used = Signal.of(direction.value().length, 1, 1);
            for (int row = 0; row < magnitude.value().length; row++) {
                double square = 0;
                double slope = 0;
                for (int i = row * length; i < (row + 1) * length; i++) {
                    square += direction.value()[i] * direction.value()[i];
                    slope += 2 * direction.value()[i] * direction.slope()[i];
                }
                double root = Math.sqrt(square);
                double factor = magnitude.value()[row] / root;
                double factorSlope =
                        magnitude.slope()[row] / root - magnitude.value()[row] * slope / (2 * square * root);
                for (int i = row * length; i < (row + 1) * length; i++) {
                    used.addProduct(i, direction.value()[i], direction.slope()[i], factor, factorSlope);
                }
            }
        } else {
            used = parameter(layer + ".weight");
        }
        if (along.equals(USED + layer)) {
            used.slope()[place] += 1;
        }
        return used;
    }

    /** One application to one example. */
    private final class Pass {
        private final SequencedMap<String, double[]> features = new LinkedHashMap<>();
        private final List<Weighted> weighted = new ArrayList<>();
        private String producer = "";

        Signal layers(String prefix, List<Layer> layers, Signal input, int last) {
            Signal signal = input;
            for (int i = 0; i < layers.size(); i++) {
                signal = layer(prefix + "." + i, layers.get(i), signal, i != last);
            }
            return signal;
        }

        private Signal layer(String name, Layer layer, Signal input, boolean activated) {
            return switch (layer) {
                case Dense dense -> {
                    enter(input);
                    Signal result = dense(name, dense, input.flat());
                    yield after(name, activated, result);
                }
                case Conv conv -> {
                    enter(input);
                    yield after(
                            name,
                            activated,
                            window(name, conv, conv.channels(), conv.kernel(), conv.stride(), conv.padding(), input));
                }
                case Local local -> {
                    enter(input);
                    yield after(
                            name,
                            activated,
                            window(
                                    name,
                                    local,
                                    local.channels(),
                                    local.kernel(),
                                    local.stride(),
                                    local.padding(),
                                    input));
                }
                case MaxPool pool -> pooled(input, pool.kernel(), pool.stride(), true);
                case AveragePool pool -> pooled(input, pool.kernel(), pool.stride(), false);
                case GlobalPool _ -> global(input);
                case Residual residual -> residual(name, residual, input);
                case Layer other -> throw new IllegalArgumentException("no plain twin of " + other);
            };
        }

        private void enter(Signal input) {
            if (!producer.isEmpty()) {
                features.putIfAbsent(producer, input.value().clone());
            }
        }

        /** Inner layers plus the input, through a linear map without bias where shapes differ. */
        private Signal residual(String name, Residual block, Signal input) {
            String before = producer;
            Signal inner = layers(name + ".layers", block.layers(), input, -1);
            producer = before;
            Signal direct = input;
            String projection = name + ".projection";
            if (has(projection + ".weight") || has(projection + ".weight_v")) {
                enter(input);
                direct = inner.height() == 1 && inner.width() == 1 && input.height() == 1 && input.width() == 1
                        ? dense(projection, new Dense(inner.channels()), input.flat())
                        : window(
                                projection,
                                new Conv(inner.channels(), 1, stride(input, inner), 0),
                                inner.channels(),
                                1,
                                stride(input, inner),
                                0,
                                input);
            }
            producer = name;
            for (int i = 0; i < inner.value().length; i++) {
                inner.value()[i] += direct.value()[i];
                inner.slope()[i] += direct.slope()[i];
            }
            return inner;
        }

        private static int stride(Signal input, Signal output) {
            return (input.height() + output.height() - 1) / output.height();
        }

        private Signal dense(String name, Dense layer, Signal input) {
            int inputs = input.value().length;
            Signal weight = used(name, inputs);
            Signal result = Signal.of(layer.units(), 1, 1);
            for (int o = 0; o < layer.units(); o++) {
                for (int i = 0; i < inputs; i++) {
                    int w = o * inputs + i;
                    result.addProduct(o, weight.value()[w], weight.slope()[w], input.value()[i], input.slope()[i]);
                }
            }
            weighted.add(new Weighted(name, layer, PlainAlgebra.matrix(layer.units(), weight.value()), 1, input));
            addBias(name, result);
            return result;
        }

        /** A kernel at every position of a zero-padded image: the same one, or for local layers one of its own. */
        private Signal window(
                String name, Layer layer, int channels, int kernel, int stride, int padding, Signal input) {
            int height = (input.height() + 2 * padding - kernel) / stride + 1;
            int width = (input.width() + 2 * padding - kernel) / stride + 1;
            int patch = input.channels() * kernel * kernel;
            boolean local = layer instanceof Local;
            Signal weight = used(name, patch);
            Signal result = Signal.of(channels, height, width);
            for (int o = 0; o < channels; o++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int row = local ? (y * width + x) * channels + o : o;
                        for (int c = 0; c < input.channels(); c++) {
                            for (int dy = 0; dy < kernel; dy++) {
                                for (int dx = 0; dx < kernel; dx++) {
                                    int fromY = y * stride - padding + dy;
                                    int fromX = x * stride - padding + dx;
                                    if (fromY < 0 || fromX < 0 || fromY >= input.height() || fromX >= input.width()) {
                                        continue;
                                    }
                                    int w = row * patch + (c * kernel + dy) * kernel + dx;
                                    int from = input.at(c, fromY, fromX);
                                    result.addProduct(
                                            result.at(o, y, x),
                                            weight.value()[w],
                                            weight.slope()[w],
                                            input.value()[from],
                                            input.slope()[from]);
                                }
                            }
                        }
                    }
                }
            }
            int positions = height * width;
            int rows = local ? positions * channels : channels;
            weighted.add(new Weighted(name, layer, PlainAlgebra.matrix(rows, weight.value()), positions, input));
            addBias(name, result);
            return result;
        }

        private void addBias(String name, Signal result) {
            if (!has(name + ".bias")) {
                return;
            }
            Signal bias = parameter(name + ".bias");
            int each = result.value().length / bias.value().length;
            for (int i = 0; i < result.value().length; i++) {
                result.value()[i] += bias.value()[i / each];
                result.slope()[i] += bias.slope()[i / each];
            }
        }

        private Signal after(String name, boolean activated, Signal signal) {
            producer = name;
            if (!activated) {
                return signal;
            }
            Signal normalized =
                    model.normalization() == Normalization.BATCH ? batchNormalized(name + ".norm", signal) : signal;
            for (int i = 0; i < normalized.value().length; i++) {
                double x = normalized.value()[i];
                normalized.value()[i] = activation(x);
                normalized.slope()[i] =
                        normalized.slope()[i] == 0 ? 0 : normalized.slope()[i] * derivative(x);
            }
            return normalized;
        }

        /** (x - running mean) / sqrt(running variance + 1e-5) * gain + shift, channel by channel. */
        private Signal batchNormalized(String norm, Signal x) {
            Signal gain = parameter(norm + ".weight");
            Signal shift = parameter(norm + ".bias");
            double[] means = array(norm + ".running_mean");
            double[] variances = array(norm + ".running_var");
            Signal result = Signal.of(x.channels(), x.height(), x.width());
            int each = x.height() * x.width();
            for (int i = 0; i < x.value().length; i++) {
                int c = i / each;
                double root = Math.sqrt(variances[c] + BATCH_EPSILON);
                result.value()[i] = shift.value()[c];
                result.slope()[i] = shift.slope()[c];
                result.addProduct(
                        i, (x.value()[i] - means[c]) / root, x.slope()[i] / root, gain.value()[c], gain.slope()[c]);
            }
            return result;
        }

        private Signal pooled(Signal input, int kernel, int stride, boolean maximum) {
            int height = (input.height() - kernel) / stride + 1;
            int width = (input.width() - kernel) / stride + 1;
            Signal result = Signal.of(input.channels(), height, width);
            for (int c = 0; c < input.channels(); c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int to = result.at(c, y, x);
                        int best = input.at(c, y * stride, x * stride);
                        double sum = 0;
                        double slopes = 0;
                        for (int dy = 0; dy < kernel; dy++) {
                            for (int dx = 0; dx < kernel; dx++) {
                                int from = input.at(c, y * stride + dy, x * stride + dx);
                                best = input.value()[from] > input.value()[best] ? from : best;
                                sum += input.value()[from];
                                slopes += input.slope()[from];
                            }
                        }
                        double area = kernel * kernel;
                        result.value()[to] = maximum ? input.value()[best] : sum / area;
                        result.slope()[to] = maximum ? input.slope()[best] : slopes / area;
                    }
                }
            }
            return result;
        }

        private static Signal global(Signal input) {
            Signal result = Signal.of(input.channels(), 1, 1);
            int each = input.height() * input.width();
            for (int i = 0; i < input.value().length; i++) {
                result.value()[i / each] += input.value()[i] / each;
                result.slope()[i / each] += input.slope()[i] / each;
            }
            return result;
        }
    }

    private double activation(double x) {
        return switch (model.activation()) {
            case RELU -> x > 0 ? x : 0;
            case LEAKY -> x > 0 ? x : LEAK * x;
            case TANH -> StrictMath.tanh(x);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
            case GELU -> x * normalBelow(x);
            case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(x));
            case LINEAR -> x;
        };
    }

    private double derivative(double x) {
        return switch (model.activation()) {
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY -> x > 0 ? 1 : LEAK;
            case TANH -> 1 - StrictMath.tanh(x) * StrictMath.tanh(x);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x)) / (1 + StrictMath.exp(x));
            case GELU -> normalBelow(x) + x * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            case SOFTPLUS -> 1 / (1 + StrictMath.exp(-x));
            case LINEAR -> 1;
        };
    }

    /** Share of a standard normal below x, by its power series: 1/2 + density(x) (x + x^3 / 3 + x^5 / 15 + ...). */
    private static double normalBelow(double x) {
        double term = x;
        double sum = x;
        for (int n = 3; n < 400; n += 2) {
            term *= x * x / n;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
