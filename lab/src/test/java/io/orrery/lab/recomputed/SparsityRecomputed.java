package io.orrery.lab.recomputed;

import java.util.ArrayList;
import java.util.List;

/** The share of weights that are exactly 0 and the mean of their absolute values, per layer and of all layers as one vector. */
final class SparsityRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "sparsity";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        List<double[]> all = new ArrayList<>();
        moment.layers.forEach(layer -> {
            double[][] rows = layer.rows();
            expect(expected, layer.name(), rows);
            all.addAll(List.of(rows));
        });
        expect(expected, "", all.toArray(double[][]::new));
    }

    private static void expect(Expected expected, String layer, double[][] rows) {
        double count = 0;
        double zeros = 0;
        double sum = 0;
        for (double[] row : rows) {
            for (double weight : row) {
                count++;
                sum += Math.abs(weight);
                if (weight == 0) {
                    zeros++;
                }
            }
        }
        expected.leftover("zeros", layer, "", 1, zeros / count);
        expected.leftover("mean-absolute", layer, "", sum / count, sum / count);
    }
}
