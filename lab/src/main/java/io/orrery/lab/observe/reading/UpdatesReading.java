package io.orrery.lab.observe.reading;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Observation.Updates;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.Arrays;

/** The gradients of one epoch's batches and of its single examples at the present parameters, in evaluation mode. */
public record UpdatesReading() implements Reading<Updates> {
    @Override
    public String name() {
        return "gradients of an epoch";
    }

    @Override
    public Pace pace() {
        return Pace.RATIONED;
    }

    /** The whole set, its batches, and each example alone. */
    @Override
    public double flops(Sizes sizes) {
        return 3 * sizes.gradient() * sizes.probed(SplitName.TRAIN);
    }

    @Override
    public Reader<Updates> over(Subject subject) {
        GradientReader gradients = GradientReader.of(subject);
        ExampleGradients examples = ExampleGradients.of(subject);
        int[] rows = subject.probeRows(SplitName.TRAIN);
        int[][] batches = batches(subject.spec().data(), rows, subject.seed());
        return _ -> {
            double norms = 0;
            for (int[] batch : batches) {
                norms += gradients.objectiveNorm(gradients.overBatch(batch));
            }
            double mean = gradients.squaredDataNorm(gradients.overMany(rows));
            double variance = Math.max(0, examples.meanSquare(rows) - mean);
            return new Updates(norms / batches.length, variance, batches.length, rows.length);
        };
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
