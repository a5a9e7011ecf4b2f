package io.orrery.lab.judge.statistics;

import io.orrery.lab.math.Descriptive;

/** Means and what chance may have done to them. Deviations are from the first value, so that equal values vary by 0. */
public final class Means {
    private static final double ROUNDING = 1e-13;

    private Means() {}

    /** The mean of values already on the scale, one per seed. */
    public static Sampling of(double[] scaled, Average average) {
        if (scaled.length == 0) {
            return new Sampling.None();
        }
        double mean = Descriptive.shiftedMean(scaled);
        double variance = varianceOfMean(scaled);
        return isMoreThanRounding(variance, mean)
                ? new Sampling.Student(mean, Math.sqrt(variance), scaled.length - 1, average)
                : new Sampling.Alike(mean, scaled.length, average);
    }

    /** The difference of the means of two independent samples already on the scale (Welch 1947; Satterthwaite 1946). */
    public static Sampling difference(double[] first, double[] second, Average average) {
        if (first.length == 0 || second.length == 0) {
            return new Sampling.None();
        }
        double difference = Descriptive.shiftedMean(first) - Descriptive.shiftedMean(second);
        double one = varianceOfMean(first);
        double other = varianceOfMean(second);
        double variance = one + other;
        if (!isMoreThanRounding(
                variance,
                Math.max(Math.abs(Descriptive.shiftedMean(first)), Math.abs(Descriptive.shiftedMean(second))))) {
            return new Sampling.Alike(difference, Math.min(first.length, second.length), average);
        }
        double degrees = variance * variance / (share(one, first.length) + share(other, second.length));
        return new Sampling.Student(difference, Math.sqrt(variance), degrees, average);
    }

    /** Values that differ in their last bits only have no spread of their own. */
    private static boolean isMoreThanRounding(double varianceOfMean, double size) {
        return Math.sqrt(varianceOfMean) > ROUNDING * Math.abs(size);
    }

    private static double share(double varianceOfMean, int count) {
        return count < 2 ? 0 : varianceOfMean * varianceOfMean / (count - 1);
    }

    /** Sample variance over the count; 0 for a single value. */
    private static double varianceOfMean(double[] values) {
        double mean = Descriptive.shiftedMean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1) / values.length;
    }
}
