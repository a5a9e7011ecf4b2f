package io.orrery.lab.theory;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Assignment;
import io.orrery.lab.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which hidden units of two networks correspond, by their weights alone: of all orders of the second network's units the one whose
 * weights have the largest inner product with the first's, found layer by layer, each exactly while the others are held
 * (Ainsworth, Hayase and Srinivasa 2023, "Git Re-Basin", algorithm 1). The order of the units changes no output.
 */
public final class WeightMatching {
    private static final int MOST_SWEEPS = 100;
    private static final double LEAST_GAIN = 1e-12;

    private WeightMatching() {}

    /**
     * A dense layer.
     *
     * @param weight [out, in]
     * @param bias one number per output, or none at all
     */
    public record Dense(Matrix weight, double[] bias) {
        /** Refuses a bias of another length. */
        public Dense {
            if (bias.length != 0 && bias.length != weight.rows()) {
                throw new IllegalArgumentException(
                        "expected " + weight.rows() + " biases or none, found " + bias.length);
            }
        }
    }

    /**
     * For every hidden layer which unit of the second network comes to each place.
     *
     * @param first the layers of the network that stays as it is
     * @param second those of the other, of the same sizes
     * @param order draws in which order the layers are visited, sweep by sweep
     */
    public static List<int[]> of(List<Dense> first, List<Dense> second, RandomStream order) {
        List<int[]> units = identity(second);
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            boolean better = false;
            for (int layer : order.permutation(sweep, units.size())) {
                Matrix gains = gains(first, second, units, layer);
                int[] found = Assignment.largest(gains);
                if (Assignment.sum(gains, found) > Assignment.sum(gains, units.get(layer)) + LEAST_GAIN) {
                    units.set(layer, found);
                    better = true;
                }
            }
            if (!better) {
                break;
            }
        }
        return List.copyOf(units);
    }

    /** The orders in which every unit stays where it is. */
    public static List<int[]> identity(List<Dense> layers) {
        List<int[]> units = new ArrayList<>();
        for (Dense hidden : layers.subList(0, layers.size() - 1)) {
            units.add(IntStream.range(0, hidden.weight().rows()).toArray());
        }
        return units;
    }

    /** A network with the hidden units in other orders: the same function. */
    public static List<Dense> reordered(List<Dense> layers, List<int[]> units) {
        List<Dense> reordered = new ArrayList<>();
        for (int k = 0; k < layers.size(); k++) {
            Matrix weight = layers.get(k).weight();
            double[] bias = layers.get(k).bias();
            int[] rows = rows(layers, units, k);
            int[] columns = columns(layers, units, k);
            double[] values = new double[rows.length * columns.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    values[i * columns.length + j] = weight.at(rows[i], columns[j]);
                }
            }
            double[] biases = new double[bias.length];
            for (int i = 0; i < bias.length; i++) {
                biases[i] = bias[rows[i]];
            }
            reordered.add(new Dense(new Matrix(rows.length, columns.length, values), biases));
        }
        return List.copyOf(reordered);
    }

    /** How much the inner product of all weights gains if a unit of the second network comes to a place of a hidden layer: [place, unit]. */
    private static Matrix gains(List<Dense> first, List<Dense> second, List<int[]> units, int layer) {
        int size = first.get(layer).weight().rows();
        int[] columns = columns(second, units, layer);
        int[] rows = rows(second, units, layer + 1);
        Matrix in = first.get(layer).weight();
        Matrix otherIn = second.get(layer).weight();
        Matrix out = first.get(layer + 1).weight();
        Matrix otherOut = second.get(layer + 1).weight();
        double[] bias = first.get(layer).bias();
        double[] otherBias = second.get(layer).bias();
        double[] gains = new double[size * size];
        for (int place = 0; place < size; place++) {
            for (int unit = 0; unit < size; unit++) {
                double sum = bias.length == 0 ? 0 : bias[place] * otherBias[unit];
                for (int j = 0; j < columns.length; j++) {
                    sum += in.at(place, j) * otherIn.at(unit, columns[j]);
                }
                for (int i = 0; i < rows.length; i++) {
                    sum += out.at(i, place) * otherOut.at(rows[i], unit);
                }
                gains[place * size + unit] = sum;
            }
        }
        return new Matrix(size, size, gains);
    }

    private static int[] rows(List<Dense> layers, List<int[]> units, int layer) {
        return layer < units.size()
                ? units.get(layer)
                : IntStream.range(0, layers.get(layer).weight().rows()).toArray();
    }

    private static int[] columns(List<Dense> layers, List<int[]> units, int layer) {
        return layer > 0
                ? units.get(layer - 1)
                : IntStream.range(0, layers.get(layer).weight().columns()).toArray();
    }
}
