package io.orrery.lab.recomputed;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.SplitName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gradients of one epoch's batches and the variance of single examples' (core theory, 5.3). */
final class UpdateRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "update";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        int[] rows = moment.probeRows(SplitName.TRAIN);
        double norms = 0;
        List<int[]> batches = batches(moment, rows);
        for (int[] batch : batches) {
            norms += PlainAlgebra.norm(
                    PlainAlgebra.sum(GradientRecomputed.mean(moment, batch), 1, moment.decayGradient()));
        }
        double[] mean = GradientRecomputed.mean(moment, rows);
        double variance = 0;
        double square = 0;
        for (int row : rows) {
            double[] gradient = moment.gradient(row);
            double distance = PlainAlgebra.norm(PlainAlgebra.sum(gradient, -1, mean));
            variance += distance * distance / rows.length;
            square += PlainAlgebra.dot(gradient, gradient) / rows.length;
        }
        expected.number("norm", norms / batches.size());
        expected.leftover("example-variance", "", "", square, variance);
        expected.number("batches", batches.size());
        expected.number("examples", rows.length);
    }

    private static List<int[]> batches(Moment moment, int[] rows) {
        DataSpec data = moment.spec.data();
        if (data.order() == DataSpec.Order.FULL || data.batchSize() >= rows.length) {
            return List.of(rows);
        }
        int[] order = RandomStream.of(moment.seed, "instrument/update").permutation(0, rows.length);
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < rows.length; from += data.batchSize()) {
            int until = Math.min(from + data.batchSize(), rows.length);
            if (until - from == data.batchSize() || data.lastBatch() == DataSpec.LastBatch.KEEP) {
                batches.add(Arrays.stream(order, from, until).map(i -> rows[i]).toArray());
            }
        }
        return batches;
    }
}
