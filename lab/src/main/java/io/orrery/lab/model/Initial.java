package io.orrery.lab.model;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.model.ModelSpec.Initialization;
import io.orrery.lab.model.ModelSpec.Normalization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Initial values: weights from the stream {@code init/LAYER} of the seed, element by element in row-major order; biases
 * and shifts 0, gains 1; tables from the stream {@code init/ARRAY}. Plain double arithmetic in a fixed order: the same bits on every machine.
 */
public final class Initial {
    private Initial() {}

    /** The arrays of a network before the first update, by name. */
    public static SequencedMap<String, double[]> of(Network network, long seed) {
        ModelSpec spec = network.spec();
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        for (int k = 0; k < network.layers().size(); k++) {
            WeightLayer layer = network.layers().get(k);
            double[] weight = weight(spec, layer, RandomStream.of(seed, "init/" + layer.name()));
            if (!spec.initialScales().isEmpty()) {
                scaled(weight, spec.initialScales().get(k));
            }
            layer.magnitude()
                    .ifPresent(magnitude -> values.put(
                            magnitude.name(), rowNorms(weight, magnitude.shape().count())));
            values.put(layer.weight().name(), weight);
        }
        SequencedMap<String, List<Double>> coefficients = network.initialCoefficients();
        SequencedMap<String, Double> deviations = network.initialDeviations();
        for (Parameter parameter : network.parameters()) {
            double[] filled = new double[parameter.shape().count()];
            switch (parameter.role()) {
                case GAIN -> Arrays.fill(filled, 1);
                case SCALE -> filled[0] = spec.initialRho();
                case COEFFICIENT -> {
                    List<Double> start = Objects.requireNonNull(coefficients.get(parameter.name()), parameter.name());
                    Arrays.setAll(filled, start::get);
                }
                case TABLE -> {
                    double deviation = Objects.requireNonNull(deviations.get(parameter.name()), parameter.name());
                    filled = scaled(
                            RandomStream.of(seed, "init/" + parameter.name()).normals(0, filled.length), deviation);
                }
                case WEIGHT, DIRECTION, MAGNITUDE, BIAS, SHIFT -> {}
            }
            values.putIfAbsent(parameter.name(), filled);
        }
        for (Statistic statistic : network.statistics()) {
            double[] filled = new double[statistic.shape().count()];
            Arrays.fill(filled, statistic.initial());
            values.put(statistic.name(), filled);
        }
        return values;
    }

    private static double[] weight(ModelSpec spec, WeightLayer layer, RandomStream stream) {
        Parameter parameter = layer.weight();
        double[] weight = stream.normals(0, parameter.shape().count());
        double scale = spec.initialScale();
        Initialization initialization = layer.initialization().orElse(spec.initialization());
        if (spec.normalization() == Normalization.FROBENIUS && initialization != Initialization.ORTHOGONAL) {
            return scaled(weight, 1 / norm(weight));
        }
        return switch (initialization) {
            case HE -> scaled(weight, scale * Math.sqrt(2.0 / parameter.fanIn()));
            case XAVIER -> scaled(weight, scale * Math.sqrt(2.0 / ((double) parameter.fanIn() + parameter.fanOut())));
            case LECUN -> scaled(weight, scale * Math.sqrt(1.0 / parameter.fanIn()));
            case NORMAL -> scaled(weight, scale);
            case CONSTANT_NORM -> scaled(weight, scale / norm(weight));
            case ORTHOGONAL -> {
                int matrices = layer.rowAxes() == 1 ? 1 : parameter.shape().size(0);
                int rows = layer.rows() / matrices;
                for (int matrix = 0; matrix < matrices; matrix++) {
                    orthonormalize(weight, matrix * rows * layer.columns(), rows, layer.columns());
                }
                boolean sphere = spec.normalization() == Normalization.FROBENIUS;
                yield scaled(weight, sphere ? 1 / norm(weight) : scale);
            }
        };
    }

    /** Makes the rows of a Gaussian matrix orthonormal, or its columns if it has fewer (Gram and Schmidt, twice). */
    private static void orthonormalize(double[] values, int start, int rows, int columns) {
        boolean byRows = rows <= columns;
        int vectors = byRows ? rows : columns;
        int length = byRows ? columns : rows;
        double[][] basis = new double[vectors][length];
        for (int i = 0; i < vectors; i++) {
            double[] vector = basis[i];
            for (int j = 0; j < length; j++) {
                vector[j] = values[start + (byRows ? i * columns + j : j * columns + i)];
            }
            // Once leaves an error that grows with the condition number; twice is orthogonal to rounding.
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < i; other++) {
                    double along = dot(vector, basis[other]);
                    for (int j = 0; j < length; j++) {
                        vector[j] -= along * basis[other][j];
                    }
                }
            }
            scaled(vector, 1 / norm(vector));
            for (int j = 0; j < length; j++) {
                values[start + (byRows ? i * columns + j : j * columns + i)] = vector[j];
            }
        }
    }

    static double norm(double[] values) {
        return Math.sqrt(dot(values, values));
    }

    /** Norms of equally long consecutive rows. */
    static double[] rowNorms(double[] values, int rows) {
        int length = values.length / rows;
        double[] norms = new double[rows];
        for (int row = 0; row < rows; row++) {
            norms[row] = norm(Arrays.copyOfRange(values, row * length, (row + 1) * length));
        }
        return norms;
    }

    static double[] scaled(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
