package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.set.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Means and population deviations of the training split, of groups of {@code run} consecutive features: a channel's pixels,
 * or one feature each. A group whose values differ by no more than rounding is constant: it is centred and divided by 1, for
 * the deviation of rounding noise would blow up any other value.
 *
 * @param origins a value is taken relative to this first: 0 but where the mean is too large beside the deviation for one
 *     rounding
 */
record FeatureStatistics(int run, double[] origins, double[] means, double[] deviations, boolean[] constant) {
    /** Neighbouring numbers of the array's precision that rounding alone may lie apart. */
    private static final double NOISE = 8;
    /** Sums of n numbers carry an error of up to n half ulps; deviations of fewer times this are computed anew. */
    private static final double SAFE = 1000;

    private static final int MOST_NAMED = 8;

    static FeatureStatistics of(Dataset data, Standardization standardization) {
        int run = runLength(data, standardization);
        SharedArray inputs = data.train().inputs();
        int size = data.exampleShape().count();
        int groups = size / run;
        double perGroup = (double) data.train().count() * run;
        // A table of groups instead of divisions: MNIST has 47 million inputs.
        int[] group = new int[size];
        Arrays.setAll(group, i -> i / run);
        double[] means = new double[groups];
        double[] least = new double[groups];
        double[] most = new double[groups];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        int count = inputs.shape().count();
        for (int start = 0; start < count; start += size) {
            for (int i = 0; i < size; i++) {
                double value = inputs.get(start + i);
                int g = group[i];
                means[g] += value;
                least[g] = Math.min(least[g], value);
                most[g] = Math.max(most[g], value);
            }
        }
        for (int g = 0; g < groups; g++) {
            means[g] /= perGroup;
        }
        double[] deviations = new double[groups];
        for (int start = 0; start < count; start += size) {
            for (int i = 0; i < size; i++) {
                double difference = inputs.get(start + i) - means[group[i]];
                deviations[group[i]] += difference * difference;
            }
        }
        Arrays.setAll(deviations, g -> Math.sqrt(deviations[g] / perGroup));
        FeatureStatistics statistics =
                new FeatureStatistics(run, new double[groups], means, deviations, new boolean[groups]);
        for (int g = 0; g < groups; g++) {
            statistics.settle(g, data, least[g], most[g], perGroup);
        }
        return statistics;
    }

    /** Mends what one pass could not compute: constant groups, deviations tiny beside the mean, sums beyond the largest double. */
    private void settle(int g, Dataset data, double least, double most, double perGroup) {
        double largest = Math.max(Math.abs(least), Math.abs(most));
        double spread = most - least;
        boolean single = data.train().inputs().precision() == Precision.SINGLE;
        double ulp = single ? Math.ulp((float) largest) : Math.ulp(largest);
        if (spread <= NOISE * ulp && (spread == 0 || least * most > 0)) {
            constant[g] = true;
            origins[g] = least;
            means[g] = spread / 2;
            deviations[g] = 1;
            return;
        }
        if (Double.isNaN(spread)) {
            return;
        }
        if (Double.isInfinite(spread)) {
            throw new UserError(data.feature(g) + " of the training examples goes from " + least + " to " + most
                    + ", too far to be standardized; scale it in the file, or use data.standardize: none");
        }
        boolean squares = deviations[g] * deviations[g] >= Double.MIN_NORMAL && Double.isFinite(deviations[g]);
        if (squares && deviations[g] > SAFE * perGroup * Math.ulp(1.0) * largest) {
            return;
        }
        // From the least value on and as parts of the spread all numbers are from 0 to 1.
        SharedArray inputs = data.train().inputs();
        int size = data.exampleShape().count();
        double sum = 0;
        for (int start = g * run; start < inputs.shape().count(); start += size) {
            for (int i = start; i < start + run; i++) {
                sum += (inputs.get(i) - least) / spread;
            }
        }
        double mean = sum / perGroup;
        double sumOfSquares = 0;
        for (int start = g * run; start < inputs.shape().count(); start += size) {
            for (int i = start; i < start + run; i++) {
                double difference = (inputs.get(i) - least) / spread - mean;
                sumOfSquares += difference * difference;
            }
        }
        origins[g] = least;
        means[g] = mean * spread;
        deviations[g] = Math.sqrt(sumOfSquares / perGroup) * spread;
    }

    private static int runLength(Dataset data, Standardization standardization) {
        if (standardization == Standardization.PER_FEATURE) {
            return 1;
        }
        if (data.exampleShape().rank() != 3) {
            throw new UserError("data.standardize: per-channel needs images, but the examples of " + data.description()
                    + " have shape " + data.exampleShape() + "; use data.standardize: per-feature");
        }
        return data.exampleShape().inner(0);
    }

    void standardize(double[] example) {
        for (int i = 0; i < example.length; i++) {
            int g = i / run;
            example[i] = (example[i] - origins[g] - means[g]) / deviations[g];
        }
    }

    /** What people should know: which features are constant in training. */
    Optional<Ledger.Entry> entry(Dataset data) {
        List<String> names = new ArrayList<>();
        int count = 0;
        for (int g = 0; g < constant.length; g++) {
            if (constant[g] && count++ < MOST_NAMED) {
                names.add(run == 1 ? data.feature(g) : "channel " + g);
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        String remark = "constant in all training examples, so centred and not divided: " + String.join(", ", names)
                + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "");
        return Optional.of(new Ledger.Entry(
                "data.standardize",
                run == 1 ? "features" : "channels",
                constant.length,
                constant.length,
                List.of(),
                List.of(),
                List.of(remark)));
    }
}
