package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * Norms of the layers of a homogeneous network under plain weight decay, loss = data + lambda sum of ||W_k||^2 (Du, Hu and
 * Lee 2018 for lambda = 0; equations 2.12 to 2.15 of the core theory). Data gradients satisfy W_k . grad_k = the same number
 * for every layer, so that differences of squared norms feel only the decay.
 */
public final class LayerBalance {
    private LayerBalance() {}

    /** e^(-4 lambda t): what gradient flow leaves of a difference ||W_k||^2 - ||W_j||^2, of layers or of units (2.13, 2.14). */
    public static double remaining(double lambda, double time) {
        return StrictMath.exp(-4 * lambda * time);
    }

    /**
     * (1 - 2 eta lambda)^(2 steps): the same under gradient descent without momentum, up to the drift of {@link #gapAfterStep}
     * (derived).
     */
    public static double remainingAfterSteps(double lambda, double learningRate, long steps) {
        return StrictMath.pow(1 - 2 * learningRate * lambda, 2.0 * steps);
    }

    /**
     * ||W_k||^2 - ||W_j||^2 after one step of gradient descent, exactly, for full batches and for mini-batches:
     * (1 - 2 eta lambda)^2 gap + eta^2 (||grad_k||^2 - ||grad_j||^2), gradients of the data loss of that batch (derived).
     */
    public static double gapAfterStep(
            double gap, double lambda, double learningRate, double squaredGradientK, double squaredGradientJ) {
        return remainingAfterSteps(lambda, learningRate, 1) * gap
                + learningRate * learningRate * (squaredGradientK - squaredGradientJ);
    }

    /**
     * d ||W_k||^2 / dt = 4 mean of (1 - y g) y g - 4 lambda ||W_k||^2 (2.12).
     *
     * @param dataTerm mean over examples of (1 - y g) y g; for K outputs of (y - g)^T g
     */
    public static double squaredNormRate(double dataTerm, double squaredNorm, double lambda) {
        return 4 * dataTerm - 4 * lambda * squaredNorm;
    }

    /** mean of (1 - y g) y g - lambda rho^(2 / layers): 0 at a stationary point, where all norms are rho^(1 / layers) (2.15). */
    public static double stationaryResidual(double dataTerm, double rho, double lambda, int layers) {
        return dataTerm - lambda * StrictMath.pow(rho, 2.0 / layers);
    }

    /** ||row i of W_k||^2 - ||column i of W_(k+1)||^2 for every hidden unit i of a ReLU network without biases (2.14). */
    public static double[] unitGaps(Matrix lower, Matrix upper) {
        requireConsecutive(lower, upper);
        double[] gaps = new double[lower.rows()];
        for (int unit = 0; unit < gaps.length; unit++) {
            for (int j = 0; j < lower.columns(); j++) {
                gaps[unit] += lower.at(unit, j) * lower.at(unit, j);
            }
            for (int i = 0; i < upper.rows(); i++) {
                gaps[unit] -= upper.at(i, unit) * upper.at(i, unit);
            }
        }
        return gaps;
    }

    /**
     * ||W_(k+1)^T W_(k+1) - W_k W_k^T|| / ||W_k W_k^T|| of consecutive layers of a linear network: the matrix in the numerator
     * decays like e^(-4 lambda t) (Arora, Cohen and Hazan 2018 for lambda = 0; P12b of the core theory).
     */
    public static double linearImbalance(Matrix lower, Matrix upper) {
        requireConsecutive(lower, upper);
        Matrix below = Products.outerGram(lower);
        return Products.norm(Products.combination(1, Products.gram(upper), -1, below)) / Products.norm(below);
    }

    private static void requireConsecutive(Matrix lower, Matrix upper) {
        if (lower.rows() != upper.columns()) {
            throw new IllegalArgumentException("rows of the lower and columns of the upper layer differ: "
                    + lower.rows() + " and " + upper.columns());
        }
    }
}
