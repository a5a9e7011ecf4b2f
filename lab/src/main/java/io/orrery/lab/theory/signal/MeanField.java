package io.orrery.lab.theory.signal;

import io.orrery.lab.math.Bisection;
import io.orrery.lab.math.GaussHermite;

/**
 * Signals in an infinitely wide random network z' = W phi(z) + b with W ~ N(0, weightVariance / fan-in) and
 * b ~ N(0, biasVariance) (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232). A layer's
 * preactivations are normal with mean square q, their correlation between two inputs of equal length is c. Means are taken
 * by Gauss-Hermite quadrature of 64 nodes; ReLU's, which has a kink, in closed form (Cho and Saul 2009).
 *
 * @param function the activation phi
 * @param weightVariance sigma_w^2
 * @param biasVariance sigma_b^2
 */
public record MeanField(PointwiseFunction function, double weightVariance, double biasVariance) {
    private static final GaussHermite RULE = GaussHermite.of(64);
    private static final int MOST_LAYERS = 100_000;
    private static final double AT_REST = 1e-15;

    /** The mean square one layer on: sigma_b^2 + sigma_w^2 E phi(sqrt(q) Z)^2. */
    public double length(double q) {
        return biasVariance + weightVariance * squared(q);
    }

    /** The mean square that layers leave as it is, reached from a start by iteration; for ReLU on its edge the start itself. */
    public double fixedLength(double start) {
        double q = start;
        for (int layer = 0; layer < MOST_LAYERS; layer++) {
            double next = length(q);
            if (Math.abs(next - q) <= AT_REST * q) {
                return next;
            }
            q = next;
        }
        return q;
    }

    /** The correlation one layer on, of two inputs whose mean square q and correlation c are given. */
    public double correlation(double q, double c) {
        return (biasVariance + weightVariance * product(q, c)) / length(q);
    }

    /** chi_perp = sigma_w^2 E phi'(sqrt(q) Z)^2: by this factor a layer multiplies the squared length of a gradient and of a small difference. */
    public double gradientFactor(double q) {
        return weightVariance
                * (function == PointwiseFunction.RELU ? 0.5 : mean(q, z -> function.slope(z) * function.slope(z)));
    }

    /**
     * chi_par = d q' / d q = sigma_w^2 E[phi'^2 + phi phi''], by which a layer multiplies a small change of the mean square: since
     * d/dq E g(sqrt(q) Z) = E g''(sqrt(q) Z) / 2 for g = phi^2.
     */
    public double lengthFactor(double q) {
        return weightVariance
                * (function == PointwiseFunction.RELU
                        ? 0.5
                        : mean(
                                q,
                                z -> function.slope(z) * function.slope(z)
                                        + function.value(z) * function.curvature(z)));
    }

    /**
     * beta in 1 - c_l ~ beta / l for a smooth phi at the edge of chaos: 2 / (sigma_w^2 q E phi''(sqrt(q) Z)^2), from
     * e' = e - sigma_w^2 q E[phi''^2] e^2 / 2 for e = 1 - c.
     */
    public double smoothEdgeLimit(double q) {
        return 2 / (weightVariance * q * mean(q, z -> function.curvature(z) * function.curvature(z)));
    }

    /** The limit 9 pi^2 / 2 of l^2 (1 - c_l) for ReLU, from e' = e - (2 sqrt 2 / (3 pi)) e^(3/2). */
    public static double reluEdgeLimit() {
        return 4.5 * StrictMath.PI * StrictMath.PI;
    }

    /**
     * The weight variance at which gradients neither grow nor vanish, chi_perp = 1 at the length that layers leave as it is.
     *
     * @param function an odd, bounded one, such as tanh
     * @param biasVariance above 0
     */
    public static double edge(PointwiseFunction function, double biasVariance) {
        return Bisection.root(
                weightVariance -> {
                    MeanField field = new MeanField(function, weightVariance, biasVariance);
                    return field.gradientFactor(field.fixedLength(1)) - 1;
                },
                0.5,
                20);
    }

    /**
     * n times the variance that a layer of n units adds to the next layer's mean square: sigma_w^4 (E phi^4 - (E phi^2)^2), the
     * mean square being biasVariance + weightVariance times the mean of n independent phi^2. ReLU: sigma_w^4 5 q^2 / 4.
     */
    public double fluctuation(double q) {
        double fourth =
                function == PointwiseFunction.RELU ? 1.5 * q * q : mean(q, z -> StrictMath.pow(function.value(z), 4));
        double second = squared(q);
        return weightVariance * weightVariance * (fourth - second * second);
    }

    /**
     * The mean square at which chi_par = chi_perp, E phi phi'' = 0, for a function such as GELU that is critical at one mean square
     * only (Roberts, Yaida and Hanin 2021, arXiv 2106.10165, chapter 5, derived here).
     */
    public static double halfStableLength(PointwiseFunction function) {
        MeanField any = new MeanField(function, 1, 0);
        return Bisection.root(q -> any.lengthFactor(q) - any.gradientFactor(q), 1, 8);
    }

    /** The network that leaves a mean square as it is, and in which gradients neither grow nor vanish at it. */
    public static MeanField critical(PointwiseFunction function, double q) {
        MeanField any = new MeanField(function, 1, 0);
        double weightVariance = 1 / any.gradientFactor(q);
        return new MeanField(function, weightVariance, q - weightVariance * any.squared(q));
    }

    /** E phi(sqrt(q) Z)^2. */
    private double squared(double q) {
        return function == PointwiseFunction.RELU ? q / 2 : mean(q, z -> function.value(z) * function.value(z));
    }

    private double product(double q, double c) {
        if (function == PointwiseFunction.RELU) {
            return q / 2 * ArcCosine.first(c);
        }
        double root = Math.sqrt(q);
        return RULE.mean((u, v) -> function.value(root * u) * function.value(root * v), c);
    }

    private double mean(double q, java.util.function.DoubleUnaryOperator of) {
        double root = Math.sqrt(q);
        return RULE.mean(z -> of.applyAsDouble(root * z));
    }
}
