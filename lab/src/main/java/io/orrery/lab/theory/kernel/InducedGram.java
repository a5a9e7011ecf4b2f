package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * Inner products of features that a few inducing points stand for: all that sparse deep kernel machines keep of a layer. Also
 * holds derivatives by them, each element by itself.
 *
 * @param inducing between inducing points, [inducing, inducing]
 * @param cross of examples with inducing points, [examples, inducing]
 * @param lengths squared lengths of the examples' features, [examples]
 */
public record InducedGram(Matrix inducing, Matrix cross, double[] lengths) {
    /** Of the inner products of all examples, those of the rows from one to before another, with the first rows as inducing points. */
    public static InducedGram of(Matrix gram, int inducing, int from, int to) {
        double[] own = new double[inducing * inducing];
        for (int row = 0; row < inducing; row++) {
            System.arraycopy(gram.values(), row * gram.columns(), own, row * inducing, inducing);
        }
        double[] cross = new double[(to - from) * inducing];
        double[] lengths = new double[to - from];
        for (int row = from; row < to; row++) {
            System.arraycopy(gram.values(), row * gram.columns(), cross, (row - from) * inducing, inducing);
            lengths[row - from] = gram.at(row, row);
        }
        return new InducedGram(new Matrix(inducing, inducing, own), new Matrix(to - from, inducing, cross), lengths);
    }

    /**
     * Features of a Gaussian process whose inducing points have the Gram matrix G: with W = K_ti K_ii^-1 examples have inner products
     * W G with these and squared lengths k_tt - (W K_it)_tt + (W G W^T)_tt (Yang et al. 2023, the sparse machine; the law of total covariance).
     */
    Given given(Matrix gram) {
        Matrix weights = weights();
        Matrix result = Products.times(weights, gram);
        double[] own = lengths.clone();
        int width = cross.columns();
        for (int row = 0; row < own.length; row++) {
            own[row] += Products.dot(weights.values(), row * width, result.values(), row * width, width)
                    - Products.dot(weights.values(), row * width, cross.values(), row * width, width);
        }
        return new Given(this, weights, new InducedGram(gram, result, own));
    }

    /**
     * Features whose inducing points have a Gram matrix.
     *
     * @param weights W
     * @param result what follows for the examples
     */
    record Given(InducedGram prior, Matrix weights, InducedGram result) {
        /** The derivative by G of a number whose derivative by the result is known. */
        Matrix byGram(InducedGram derivative) {
            Matrix straight = symmetric(Products.transposedTimes(weights, derivative.cross));
            Matrix around = Products.transposedTimes(weights, scaled(weights, derivative.lengths));
            return sum(sum(straight, around), derivative.inducing);
        }

        /** The derivative by the prior of a number whose derivative by the result is known. */
        InducedGram byPrior(InducedGram derivative) {
            Matrix byWeights = sum(
                    Products.times(derivative.cross, result.inducing),
                    Products.combination(
                            2, scaled(result.cross, derivative.lengths), -1, scaled(prior.cross, derivative.lengths)));
            Matrix pulled =
                    Products.times(byWeights, Positive.of(prior.inducing).inverse());
            Matrix byCross = Products.combination(1, pulled, -1, scaled(weights, derivative.lengths));
            Matrix byInducing = symmetric(Products.transposedTimes(weights, pulled));
            return new InducedGram(
                    Products.combination(-1, byInducing, 0, byInducing), byCross, derivative.lengths.clone());
        }
    }

    /** K_ti K_ii^-1. */
    private Matrix weights() {
        return Products.transposed(Positive.of(inducing).factor().solve(Products.transposed(cross)));
    }

    private static Matrix scaled(Matrix matrix, double[] rows) {
        double[] values = matrix.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= rows[i / matrix.columns()];
        }
        return new Matrix(matrix.rows(), matrix.columns(), values);
    }

    static Matrix sum(Matrix a, Matrix b) {
        return Products.combination(1, a, 1, b);
    }

    static Matrix symmetric(Matrix square) {
        return Products.combination(0.5, square, 0.5, Products.transposed(square));
    }
}
