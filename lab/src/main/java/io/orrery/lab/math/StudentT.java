package io.orrery.lab.math;

/**
 * Student's t distribution, through the regularized incomplete beta function by its continued fraction (Press et al.,
 * Numerical Recipes, section 6.4; Lentz's method).
 */
public final class StudentT {
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private static final int STEPS = 10_000;

    private StudentT() {}

    /** Probability of a value at most t, for degrees of freedom above 0. */
    public static double cumulative(double t, double degrees) {
        if (Double.isNaN(t) || !(degrees > 0)) {
            return Double.NaN;
        }
        if (Double.isInfinite(t)) {
            return t > 0 ? 1 : 0;
        }
        double tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
        return t > 0 ? 1 - tail : tail;
    }

    /** The t below which a probability strictly between 0 and 1 lies. */
    public static double quantile(double probability, double degrees) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("a probability lies strictly between 0 and 1, found " + probability);
        }
        if (probability == 0.5) {
            return 0;
        }
        if (probability < 0.5) {
            return -quantile(1 - probability, degrees);
        }
        // The cumulative is concave above 0: Newton's steps from 0 approach the root from below and never pass it.
        double front = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - StrictMath.log(degrees * Math.PI) / 2;
        double t = 0;
        for (int i = 0; i < STEPS; i++) {
            double density = StrictMath.exp(front - (degrees + 1) / 2 * StrictMath.log1p(t * t / degrees));
            double step = (probability - cumulative(t, degrees)) / density;
            if (!(step > t * 1e-15)) {
                break;
            }
            t += step;
        }
        return t;
    }

    private static double incompleteBeta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double tiny = 1e-300;
        double c = 1;
        double d = 1 / keepAway(1 - (a + b) * x / (a + 1), tiny);
        double result = d;
        for (int m = 1; m < 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / keepAway(1 + even * d, tiny);
            c = keepAway(1 + even / c, tiny);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / keepAway(1 + odd * d, tiny);
            c = keepAway(1 + odd / c, tiny);
            double change = d * c;
            result *= change;
            if (Math.abs(change - 1) < 1e-16) {
                break;
            }
        }
        return result;
    }

    private static double keepAway(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    /** Logarithm of the gamma function for x > 0 (Lanczos 1964, g = 7, nine terms; relative error about 1e-15). */
    private static double logGamma(double x) {
        if (x < 0.5) {
            return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double shifted = x - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (shifted + i);
        }
        double t = shifted + 7.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (shifted + 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }
}
