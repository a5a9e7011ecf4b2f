package io.orrery.lab.math;

/**
 * The normal distribution with mean 0 and variance 1, through the error function: its series near 0 and the continued
 * fraction of the complement in the tails (Abramowitz and Stegun 1964, 7.1.6 and 7.1.14).
 */
public final class Normal {
    private static final double TAIL = 2.5;

    private Normal() {}

    /** Probability of a value at most z. */
    public static double cumulative(double z) {
        if (Double.isNaN(z)) {
            return Double.NaN;
        }
        double x = Math.abs(z) / Math.sqrt(2);
        double upper = x < TAIL ? 0.5 - series(x) / 2 : fraction(x) / 2;
        return z < 0 ? upper : 1 - upper;
    }

    /** The z below which a probability strictly between 0 and 1 lies. */
    public static double quantile(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("a probability lies strictly between 0 and 1, found " + probability);
        }
        if (probability > 0.5) {
            return -quantile(1 - probability);
        }
        double low = -40;
        double high = 0;
        for (double middle = -20; low < middle && middle < high; middle = low + (high - low) / 2) {
            if (cumulative(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The error function for x of at least 0. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /** The complement of the error function for large x: exp(-x^2) / sqrt(pi) / (x + 1/2 / (x + 1 / (x + 3/2 / ...))). */
    private static double fraction(double x) {
        double below = x;
        for (int n = 120; n >= 1; n--) {
            below = x + n / 2.0 / below;
        }
        return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / below;
    }
}
