package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * The square loss of a last layer split in three (Han, Papyan and Donoho 2022; section 4.4 of the core theory): what variability
 * within classes costs, what the class means cost, and how far the layer is from the best one for its features (the central
 * path). The loss is (1 / 2N) sum of ||W h + b - y||^2 + (lambda / 2) ||W||^2 (+ (lambda / 2) ||b||^2), one-hot targets; without
 * the halves every part doubles.
 *
 * <p>The source has balanced classes; the forms here hold for any class sizes and agree with it there (derived: the loss is
 * quadratic in W and b, and cross terms vanish at the minimum and at class means).
 *
 * @param loss the loss itself, summed over examples
 * @param withinClass L_NC1: the best layer on deviations from class means, and its decay
 * @param classMeans L_NC2/3: the best layer's square error on the class means
 * @param offPath L_perp: the excess over the best layer, never negative
 * @param bestWeights W_LS, [C, p]
 * @param bestBias b_LS, [C]; zeros without a bias
 */
public record SquareLossDecomposition(
        double loss, double withinClass, double classMeans, double offPath, Matrix bestWeights, double[] bestBias) {
    /** What is known of the last layer's bias. */
    public enum Bias {
        /** No bias. */
        NONE,
        /** A bias that is not decayed. */
        FREE,
        /** A bias with the decay of the weights. */
        DECAYED
    }

    /**
     * The parts for features [N, p], their labels and a last layer W [C, p], b [C].
     *
     * @param bias zeros with {@link Bias#NONE}
     * @param lambda positive
     */
    public static SquareLossDecomposition of(
            Matrix features, int[] labels, Matrix weights, double[] bias, Bias kind, double lambda) {
        int classes = weights.rows();
        require(labels.length == features.rows(), "labels", features.rows(), labels.length);
        require(
                weights.columns() == features.columns(),
                "columns of the weights",
                features.columns(),
                weights.columns());
        require(bias.length == classes, "biases", classes, bias.length);
        if (!(lambda > 0)) {
            throw new IllegalArgumentException("expected a positive decay, found " + lambda);
        }
        double biasDecay = switch (kind) {
            case NONE, FREE -> 0;
            case DECAYED -> lambda;
        };
        Moments moments = Moments.of(features, labels, classes);
        Matrix best = bestWeights(moments, kind, lambda);
        double[] bestBias = bestBias(moments, best, kind, lambda);
        double loss = moments.squareError(features, labels, weights, bias) / 2
                + lambda / 2 * Products.squaredNorm(weights)
                + biasDecay / 2 * squaredNorm(bias);
        double within = moments.scatterOf(best) / 2
                + lambda / 2 * Products.squaredNorm(best)
                + biasDecay / 2 * squaredNorm(bestBias);
        Matrix offset = Products.combination(1, weights, -1, best);
        double[] biasOffset = new double[classes];
        double[] centre = new double[classes];
        for (int c = 0; c < classes; c++) {
            biasOffset[c] = bias[c] - bestBias[c];
            centre[c] = Products.dot(offset.values(), c * offset.columns(), moments.mean(), 0, offset.columns())
                    + biasOffset[c];
        }
        // tr(D A D^T) / 2 with the mean's share written as a square, so that no digits cancel.
        double off = moments.totalOf(offset) / 2
                + squaredNorm(centre) / 2
                + lambda / 2 * Products.squaredNorm(offset)
                + biasDecay / 2 * squaredNorm(biasOffset);
        return new SquareLossDecomposition(loss, within, moments.meanError(best, bestBias) / 2, off, best, bestBias);
    }

    /** L_NC1 + L_NC2/3 + L_perp, which the loss equals. */
    public double sum() {
        return withinClass + classMeans + offPath;
    }

    /** L_perp / L: 0 on the central path. */
    public double offPathShare() {
        return offPath / loss;
    }

    /**
     * W_LS = ((1/N) Y^T H - k y-bar m^T) (Sigma_T + (1 - k) m m^T + lambda I)^-1, m the mean feature and k = 1 / (1 + lambda) with a
     * decayed bias, 1 with a free one, 0 without one.
     */
    private static Matrix bestWeights(Moments moments, Bias kind, double lambda) {
        double share = biasShare(kind, lambda);
        int width = moments.mean().length;
        Matrix gram = Products.combination(1, moments.total(), 0, moments.total());
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                gram.values()[i * width + j] += (1 - share) * moments.mean()[i] * moments.mean()[j];
            }
            gram.values()[i * width + i] += lambda;
        }
        int classes = moments.shares().length;
        Matrix right = Matrix.zeros(width, classes);
        for (int j = 0; j < width; j++) {
            for (int c = 0; c < classes; c++) {
                right.values()[j * classes + c] =
                        moments.shares()[c] * (moments.classMeans().at(c, j) - share * moments.mean()[j]);
            }
        }
        return Products.transposed(Cholesky.of(gram).solve(right));
    }

    private static double[] bestBias(Moments moments, Matrix best, Bias kind, double lambda) {
        double share = biasShare(kind, lambda);
        double[] bias = new double[best.rows()];
        for (int c = 0; c < bias.length; c++) {
            double output = Products.dot(best.values(), c * best.columns(), moments.mean(), 0, best.columns());
            bias[c] = share * (moments.shares()[c] - output);
        }
        return bias;
    }

    private static double biasShare(Bias kind, double lambda) {
        return switch (kind) {
            case NONE -> 0;
            case FREE -> 1;
            case DECAYED -> 1 / (1 + lambda);
        };
    }

    private static double squaredNorm(double[] values) {
        return Products.dot(values, 0, values, 0, values.length);
    }

    private static void require(boolean holds, String what, int expected, int found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + " " + what + ", found " + found);
        }
    }

    /**
     * Means and scatters of features.
     *
     * @param shares n_c / N
     * @param classMeans [C, p]; zeros for a class without examples
     * @param mean the mean over examples
     * @param deviations features minus the mean of their class, [N, p]
     * @param total Sigma_T = (1/N) sum of (h - mean)(h - mean)^T
     */
    private record Moments(double[] shares, Matrix classMeans, double[] mean, Matrix deviations, Matrix total) {
        static Moments of(Matrix features, int[] labels, int classes) {
            int count = features.rows();
            int width = features.columns();
            double[] shares = new double[classes];
            Matrix means = Matrix.zeros(classes, width);
            for (int n = 0; n < count; n++) {
                shares[labels[n]]++;
                for (int j = 0; j < width; j++) {
                    means.values()[labels[n] * width + j] += features.at(n, j);
                }
            }
            for (int c = 0; c < classes; c++) {
                for (int j = 0; j < width && shares[c] > 0; j++) {
                    means.values()[c * width + j] /= shares[c];
                }
                shares[c] /= count;
            }
            Matrix deviations = Matrix.zeros(count, width);
            for (int n = 0; n < count; n++) {
                for (int j = 0; j < width; j++) {
                    deviations.values()[n * width + j] = features.at(n, j) - means.at(labels[n], j);
                }
            }
            Matrix scatter = Products.gram(Products.centred(features));
            return new Moments(
                    shares,
                    means,
                    Products.columnMeans(features),
                    deviations,
                    Products.combination(1.0 / count, scatter, 0, scatter));
        }

        /** tr(W Sigma_W W^T). */
        double scatterOf(Matrix weights) {
            return Products.squaredNorm(Products.timesTransposed(deviations, weights)) / deviations.rows();
        }

        /** tr(W Sigma_T W^T). */
        double totalOf(Matrix weights) {
            return Products.inner(Products.times(weights, total), weights);
        }

        /** sum over classes of (n_c / N) ||W mu_c + b - e_c||^2. */
        double meanError(Matrix weights, double[] bias) {
            Matrix outputs = Products.timesTransposed(classMeans, weights);
            double sum = 0;
            for (int c = 0; c < shares.length; c++) {
                sum += shares[c] * squareError(outputs, c, c, bias);
            }
            return sum;
        }

        /** (1/N) sum over examples of ||W h + b - y||^2. */
        double squareError(Matrix features, int[] labels, Matrix weights, double[] bias) {
            Matrix outputs = Products.timesTransposed(features, weights);
            double sum = 0;
            for (int n = 0; n < labels.length; n++) {
                sum += squareError(outputs, n, labels[n], bias);
            }
            return sum / labels.length;
        }

        private static double squareError(Matrix outputs, int row, int label, double[] bias) {
            double sum = 0;
            for (int c = 0; c < bias.length; c++) {
                double error = outputs.at(row, c) + bias[c] - (c == label ? 1 : 0);
                sum += error * error;
            }
            return sum;
        }
    }
}
