package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.RowSpan;

/**
 * At a stationary point with decay, weights are made of activations and back-propagated errors (section 2.7 of the core
 * theory; Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023). Loss = (1/N) sum of l_n + lambda ||W||^2.
 */
public final class Duality {
    private Duality() {}

    /**
     * W = -(1 / (2 lambda N)) sum of delta_n a_n^T: the weights that errors and activations sustain (2.16).
     *
     * @param errors delta_n, the gradient of l_n with respect to the layer's pre-activations, [N, outputs]
     * @param activations a_n, what enters the layer, [N, inputs]
     */
    public static Matrix sustained(Matrix errors, Matrix activations, double lambda) {
        Matrix sum = Products.transposedTimes(errors, activations);
        return Products.combination(-1 / (2 * lambda * errors.rows()), sum, 0, sum);
    }

    /** q = ||2 lambda W + gradient|| / ||2 lambda W||, the gradient that of the data loss: 0 at a smooth stationary point (2.16). */
    public static double residual(Matrix weights, Matrix gradient, double lambda) {
        return Products.norm(Products.combination(2 * lambda, weights, 1, gradient))
                / (2 * lambda * Products.norm(weights));
    }

    /**
     * The norm of the part of W's rows outside the span of the activations, over ||W||: 0 at a stationary point, and with
     * activations collapsed on K class means the rank of W is at most K (2.16).
     *
     * @param tolerance directions below this share of the largest activation do not count
     */
    public static double outside(Matrix weights, Matrix activations, double tolerance) {
        return RowSpan.of(activations, tolerance).outside(weights) / Products.norm(weights);
    }

    /**
     * ||lambdaW W^T W - lambdaH H^T H|| / ||lambdaW W^T W|| of a last layer [K, p] and free features [N, p]: 0 at every stationary
     * point of their joint decay (2.17).
     */
    public static double lastLayerImbalance(Matrix weights, Matrix features, double lambdaW, double lambdaH) {
        Matrix gram = Products.gram(weights);
        Matrix difference = Products.combination(lambdaW, gram, -lambdaH, Products.gram(features));
        return Products.norm(difference) / (lambdaW * Products.norm(gram));
    }
}
