package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.WeightMatching.Dense;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeightMatchingTest {
    private static List<Dense> network(long seed, int... sizes) {
        RandomStream random = RandomStream.of(seed, "network");
        List<Dense> layers = new ArrayList<>();
        for (int k = 1; k < sizes.length; k++) {
            layers.add(new Dense(
                    new Matrix(sizes[k], sizes[k - 1], random.normals(k, sizes[k] * sizes[k - 1])),
                    random.normals(100 + k, sizes[k])));
        }
        return layers;
    }

    /** ReLU between layers, by plain loops. */
    private static double[] outputs(List<Dense> layers, double[] input) {
        double[] x = input;
        for (int k = 0; k < layers.size(); k++) {
            Dense layer = layers.get(k);
            double[] y = layer.bias().clone();
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    y[i] += layer.weight().at(i, j) * x[j];
                }
                y[i] = k + 1 < layers.size() ? Math.max(0, y[i]) : y[i];
            }
            x = y;
        }
        return x;
    }

    @Test
    void otherOrdersOfUnitsAreTheSameFunction() {
        List<Dense> network = network(1, 5, 7, 6, 3);
        List<int[]> units = List.of(
                RandomStream.of(2, "units").permutation(0, 7),
                RandomStream.of(2, "units").permutation(1, 6));
        double[] input = RandomStream.of(3, "input").normals(0, 5);
        double[] before = outputs(network, input);
        double[] after = outputs(WeightMatching.reordered(network, units), input);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-12));
        }
        assertThat(WeightMatching.reordered(network, units).getFirst().weight().row(0))
                .isEqualTo(network.getFirst().weight().row(units.getFirst()[0]));
    }

    @Test
    void aPlantedOrderIsFoundExactly() {
        List<Dense> network = network(1, 5, 20, 15, 12, 3);
        List<int[]> planted = List.of(
                RandomStream.of(2, "units").permutation(0, 20),
                RandomStream.of(2, "units").permutation(1, 15),
                RandomStream.of(2, "units").permutation(2, 12));
        List<Dense> other = WeightMatching.reordered(network, planted);
        List<Dense> back =
                WeightMatching.reordered(other, WeightMatching.of(network, other, RandomStream.of(4, "order")));
        for (int k = 0; k < network.size(); k++) {
            assertThat(back.get(k).weight().values())
                    .isEqualTo(network.get(k).weight().values());
            assertThat(back.get(k).bias()).isEqualTo(network.get(k).bias());
        }
    }

    @Test
    void ofOneHiddenLayerItIsTheBestOfAllOrders() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Dense> first = network(seed, 3, 5, 2);
            List<Dense> second = network(100 + seed, 3, 5, 2);
            List<int[]> found = WeightMatching.of(first, second, RandomStream.of(seed, "order"));
            assertThat(product(first, second, found)).isCloseTo(best(first, second, new int[5], 0), within(1e-9));
        }
    }

    private static double best(List<Dense> first, List<Dense> second, int[] units, int place) {
        if (place == units.length) {
            return product(first, second, List.of(units));
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int unit = 0; unit < units.length; unit++) {
            int wanted = unit;
            if (java.util.stream.IntStream.range(0, place).noneMatch(i -> units[i] == wanted)) {
                units[place] = unit;
                best = Math.max(best, best(first, second, units, place + 1));
            }
        }
        return best;
    }

    private static double product(List<Dense> first, List<Dense> second, List<int[]> units) {
        double sum = 0;
        List<Dense> other = WeightMatching.reordered(second, units);
        for (int k = 0; k < first.size(); k++) {
            double[] a = first.get(k).weight().values();
            double[] b = other.get(k).weight().values();
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            // The bias of the last layer has no order.
            for (int i = 0; k + 1 < first.size() && i < first.get(k).bias().length; i++) {
                sum += first.get(k).bias()[i] * other.get(k).bias()[i];
            }
        }
        return sum;
    }
}
