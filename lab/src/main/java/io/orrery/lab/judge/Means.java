package io.orrery.lab.judge;

/** Means and what chance may have done to them. Deviations are from the first value, so that equal values vary by 0. */
final class Means {
    private Means() {}

    /** The mean of values already on the scale, one per seed. */
    static Sampling of(double[] scaled, Average average) {
        if (scaled.length == 0) {
            return new Sampling.None();
        }
        double mean = mean(scaled);
        double variance = varianceOfMean(scaled);
        return variance > 0
                ? new Sampling.Student(mean, Math.sqrt(variance), scaled.length - 1, average)
                : new Sampling.Exact(average.from(mean));
    }

    /** The difference of the means of two independent samples already on the scale (Welch 1947; Satterthwaite 1946). */
    static Sampling difference(double[] first, double[] second, Average average) {
        if (first.length == 0 || second.length == 0) {
            return new Sampling.None();
        }
        double difference = mean(first) - mean(second);
        double one = varianceOfMean(first);
        double other = varianceOfMean(second);
        double variance = one + other;
        if (!(variance > 0)) {
            return new Sampling.Exact(average.from(difference));
        }
        double degrees = variance * variance / (share(one, first.length) + share(other, second.length));
        return new Sampling.Student(difference, Math.sqrt(variance), degrees, average);
    }

    private static double share(double varianceOfMean, int count) {
        return count < 2 ? 0 : varianceOfMean * varianceOfMean / (count - 1);
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value - values[0];
        }
        return values[0] + sum / values.length;
    }

    /** Sample variance over the count; 0 for a single value. */
    private static double varianceOfMean(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : sum / (values.length - 1) / values.length;
    }
}
