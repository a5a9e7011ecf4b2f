package io.orrery.lab.observe;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.observe.Observation.Updates;
import java.util.Arrays;

/** The gradients of one epoch's batches and of its single examples at the present parameters, in evaluation mode. */
final class UpdateReader {
    private final GradientReader gradients;
    private final ExampleGradients examples;
    private final int[] rows;
    private final int[][] batches;

    /**
     * Readings over some training examples.
     *
     * @param rows positions in the training set
     */
    UpdateReader(GradientReader gradients, ExampleGradients examples, DataSpec data, int[] rows, long seed) {
        this.gradients = gradients;
        this.examples = examples;
        this.rows = rows;
        this.batches = batches(data, rows, seed);
    }

    Updates read() {
        double norms = 0;
        for (int[] batch : batches) {
            norms += gradients.objectiveNorm(gradients.overBatch(batch));
        }
        double mean = gradients.squaredDataNorm(gradients.overMany(rows));
        double variance = Math.max(0, examples.meanSquare(rows) - mean);
        return new Updates(norms / batches.length, variance, batches.length, rows.length);
    }

    /** One epoch of batches of the spec's size, the last smaller one as the spec says, in an order of its own. */
    private static int[][] batches(DataSpec data, int[] rows, long seed) {
        if (data.order() == DataSpec.Order.FULL || data.batchSize() >= rows.length) {
            return new int[][] {rows};
        }
        int size = data.batchSize();
        int[] order = RandomStream.of(seed, "instrument/update").permutation(0, rows.length);
        int whole = rows.length / size;
        boolean rest = rows.length % size != 0 && data.lastBatch() == DataSpec.LastBatch.KEEP;
        int[][] batches = new int[whole + (rest ? 1 : 0)][];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = Arrays.stream(order, i * size, Math.min((i + 1) * size, rows.length))
                    .map(position -> rows[position])
                    .toArray();
        }
        return batches;
    }
}
