package io.orrery.lab.math;

import java.util.Arrays;

/** Means, deviations and quantiles of a few or a few thousand numbers. All give NaN where they are not defined. */
public final class Descriptive {
    private Descriptive() {}

    /** Arithmetic mean. */
    public static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Arithmetic mean as the first value and the mean distance from it: exact where all are equal. */
    public static double shiftedMean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return values[0] + sum / values.length;
    }

    /** Deviation with n - 1 in the denominator. */
    public static double sampleDeviation(double[] values) {
        return values.length < 2 ? Double.NaN : Math.sqrt(squares(values) / (values.length - 1));
    }

    /** Deviation with n in the denominator. */
    public static double populationDeviation(double[] values) {
        return Math.sqrt(squares(values) / values.length);
    }

    /** Median: {@link #quantile} at one half. */
    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** Quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996; numpy's default). */
    public static double quantile(double[] values, double probability) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        double share = place - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[above] - sorted[below]);
    }

    /** Smallest value. */
    public static double minimum(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** Largest value. */
    public static double maximum(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    private static double squares(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
