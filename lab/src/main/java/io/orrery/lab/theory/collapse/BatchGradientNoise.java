package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * The noise of mini-batch gradients, and why it does not vanish when there is decay (section 5.4 of the core theory; Xu,
 * Rangamani, Banburski, Liao, Galanti and Poggio 2023).
 */
@Serves("001-06")
public final class BatchGradientNoise {
    private BatchGradientNoise() {}

    /** v1 = mean over examples of ||g_n - mean of g||^2, one row per example's gradient (5.3). */
    public static double exampleVariance(Matrix gradients) {
        return Products.squaredNorm(Products.centred(gradients)) / gradients.rows();
    }

    /**
     * E ||G_B - G||^2 = (N - B) / (B (N - 1)) v1 for batches of B of the N examples without replacement, exactly (5.3; Cochran 1977,
     * theorem 2.2). 0 for full batches.
     */
    public static double batchVariance(int examples, int batch, double exampleVariance) {
        if (batch < 1 || batch > examples) {
            throw new IllegalArgumentException("expected a batch of 1 to " + examples + " examples, found " + batch);
        }
        return batch == examples ? 0 : (examples - batch) / (batch * (examples - 1.0)) * exampleVariance;
    }

    /** v1 / B: the same for examples drawn with replacement. */
    public static double batchVarianceWithReplacement(int batch, double exampleVariance) {
        return exampleVariance / batch;
    }

    /**
     * How far weights W are from standing still for every batch of fewer than all examples: the largest
     * ||g_n + 2 lambda W|| / ||2 lambda W|| over examples. It is 0 only if every example's gradient is -2 lambda W, whose rank is
     * then at most 1 (5.2, derived: swap one example between two batches).
     *
     * @param gradients each example's gradient of the data loss, in the shape of the weights
     */
    public static double commonStationarity(List<Matrix> gradients, Matrix weights, double lambda) {
        double largest = 0;
        for (Matrix gradient : gradients) {
            largest = Math.max(largest, Products.norm(Products.combination(1, gradient, 2 * lambda, weights)));
        }
        return largest / (2 * lambda * Products.norm(weights));
    }
}
