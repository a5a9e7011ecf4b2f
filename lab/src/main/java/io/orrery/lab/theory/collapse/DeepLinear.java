package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.Arrays;

/**
 * The global minimum of square loss over M linear layers and free features:
 * (1 / 2N) ||W_M ... W_1 H - Y||^2 + (lambdaW / 2) sum of ||W_k||^2 + (lambdaH / 2) ||H||^2, one-hot Y, no bias, widths at least K
 * (Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023; section 4.3 of the core theory). Without the halves the minimum is at the
 * same place and the loss twice as large. M = 1 is {@link FreeFeatureMinimum}.
 *
 * <p>Each class has one singular value sigma in every layer. With x = sigma^2 / (N lambdaH)^(1/M) its share of the loss is
 * (n_c / 2N) (1 / (x^M + 1) + (b / n_c) x), b = M N lambdaW (N lambdaH)^(1/M); the class takes the x that makes it least.
 */
public final class DeepLinear {
    private DeepLinear() {}

    /**
     * The minimum, class by class; zeros for a collapsed class.
     *
     * @param roots x_c
     * @param outputs s_c = x_c^M / (x_c^M + 1), the output on the true class; all other outputs are 0
     * @param singularValues sigma_c, the same in every layer: sigma_c^(2M) = N lambdaH x_c^M
     * @param squaredFeatures ||h_c||^2 = sigma_c^(2M) / (sigma_c^(2M) + N lambdaH)^2 of each feature
     * @param loss the value of the halved loss, decay included
     */
    public record Minimum(
            double[] roots, double[] outputs, double[] singularValues, double[] squaredFeatures, double loss) {}

    /**
     * Distances from the minimum's geometry after division by Frobenius norms, each 0 at the minimum (the source's metrics for
     * imbalanced classes). NaN if everything has collapsed.
     *
     * @param weights NC2 of P = W_M ... W_1: P P^T against diag(sigma_c^(2M))
     * @param features NC2 of the class means H: H^T H against diag(||h_c||^2)
     * @param outputs NC3: P H against diag(s_c)
     * @param dual NC3: P against diag(sigma_c^(2M) + N lambdaH) H^T
     */
    public record Fit(double weights, double features, double outputs, double dual) {}

    /** The minimum for any class sizes. Class sizes and decays must be positive. */
    public static Minimum minimum(int[] classSizes, int layers, double lambdaW, double lambdaH) {
        if (!(lambdaW > 0 && lambdaH > 0 && layers > 0)) {
            throw new IllegalArgumentException(
                    "expected at least one layer and positive decays of weights and features," + " found " + layers
                            + " layers, " + lambdaW + " and " + lambdaH);
        }
        FreeFeatureMinimum.requireExamples(classSizes);
        int classes = classSizes.length;
        int examples = Arrays.stream(classSizes).sum();
        double level = level(examples, layers, lambdaW, lambdaH);
        double noise = examples * lambdaH;
        double[] roots = new double[classes];
        double[] outputs = new double[classes];
        double[] singular = new double[classes];
        double[] features = new double[classes];
        double loss = 0;
        for (int c = 0; c < classes; c++) {
            double root = root(level / classSizes[c], layers);
            double power = StrictMath.pow(root, layers);
            roots[c] = root;
            outputs[c] = power / (power + 1);
            singular[c] = StrictMath.pow(noise * power, 0.5 / layers);
            features[c] = power / (noise * (power + 1) * (power + 1));
            loss += (classSizes[c] / (power + 1) + level * root) / (2 * examples);
        }
        return new Minimum(roots, outputs, singular, features, loss);
    }

    /** b = M N (N lambdaW^M lambdaH)^(1/M), what a class of one example pays per unit of x (4.3). */
    public static double level(int examples, int layers, double lambdaW, double lambdaH) {
        return layers * examples * lambdaW * StrictMath.pow(examples * lambdaH, 1.0 / layers);
    }

    /**
     * (M - 1)^((M - 1) / M) / M: a class collapses to 0 if b / n_c is greater (4.6; derived: the greatest value of
     * x^(M-1) / (x^M + 1), verified by descent for M = 1, 2, 3). 1 for M = 1 and 1/2 for M = 2. For M > 1 the output does not
     * fade but jumps to 0 from (M - 1) / M.
     */
    public static double collapseThreshold(int layers) {
        return StrictMath.pow(layers - 1.0, (layers - 1.0) / layers) / layers;
    }

    /** Classes of fewer examples than this collapse: b over the threshold of (4.6). */
    public static double collapsingSize(int examples, int layers, double lambdaW, double lambdaH) {
        return level(examples, layers, lambdaW, lambdaH) / collapseThreshold(layers);
    }

    /**
     * The minimizer over x >= 0 of 1 / (x^M + 1) + slope x: the largest root of M x^(M-1) / (x^M + 1)^2 = slope, or 0 beyond the
     * threshold of (4.6).
     */
    static double root(double slope, int layers) {
        if (slope >= collapseThreshold(layers)) {
            return 0;
        }
        // Right of (M-1)^(1/M) the left side falls, starting from the threshold; it stays below M x^(-M-1).
        double low = StrictMath.pow(layers - 1.0, 1.0 / layers);
        double high = StrictMath.pow(layers / slope, 1.0 / (layers + 1));
        for (int i = 0; i < 200; i++) {
            double middle = low + (high - low) / 2;
            double power = StrictMath.pow(middle, layers) + 1;
            if (layers * StrictMath.pow(middle, layers - 1.0) / (power * power) >= slope) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * How far a trained network is from a minimum.
     *
     * @param product W_M ... W_1, [K, p]
     * @param means class means of the features, [K, p]
     */
    public static Fit fit(Matrix product, Matrix means, Minimum minimum, int layers, int examples, double lambdaH) {
        int classes = product.rows();
        double noise = examples * lambdaH;
        double[] squares = new double[classes];
        Matrix dual = Matrix.zeros(classes, means.columns());
        for (int c = 0; c < classes; c++) {
            squares[c] = StrictMath.pow(minimum.singularValues()[c], 2.0 * layers);
            for (int j = 0; j < means.columns(); j++) {
                dual.values()[c * means.columns() + j] = (squares[c] + noise) * means.at(c, j);
            }
        }
        return new Fit(
                distance(Products.outerGram(product), diagonal(squares)),
                distance(Products.outerGram(means), diagonal(minimum.squaredFeatures())),
                distance(Products.timesTransposed(product, means), diagonal(minimum.outputs())),
                distance(product, dual));
    }

    private static double distance(Matrix a, Matrix b) {
        return Products.norm(Products.combination(1 / Products.norm(a), a, -1 / Products.norm(b), b));
    }

    private static Matrix diagonal(double[] values) {
        Matrix matrix = Matrix.zeros(values.length, values.length);
        for (int i = 0; i < values.length; i++) {
            matrix.values()[i * values.length + i] = values[i];
        }
        return matrix;
    }
}
