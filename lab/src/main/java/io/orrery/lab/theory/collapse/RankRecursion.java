package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.List;

/**
 * Why decay and small batches leave low rank: W(t+1) = (1 - 2 eta lambda) W(t) - eta G(t) forgets the past, and each G(t) has
 * rank at most the batch size (Galanti, Siegel, Gupte and Poggio 2024; section 5.1 of the core theory). Loss = data + lambda
 * ||W||^2, no momentum unless said.
 */
public final class RankRecursion {
    private RankRecursion() {}

    /** (1 - 2 eta lambda)^steps, what is left of weights after so many steps. */
    public static double remaining(double learningRate, double lambda, long steps) {
        return StrictMath.pow(1 - 2 * learningRate * lambda, steps);
    }

    /**
     * (1 - 2 eta lambda)^n ||W(T-n)||, which singular value n B + 1 of W(T) never exceeds, for every n (5.1; Eckart and Young
     * 1936, derived).
     *
     * @param spectralNormBefore ||W(T-n)||, the largest singular value n steps earlier
     */
    public static double tailBound(double learningRate, double lambda, long steps, double spectralNormBefore) {
        return Math.abs(remaining(learningRate, lambda, steps)) * spectralNormBefore;
    }

    /** (1 - 2 eta lambda)^n W - eta sum of (1 - 2 eta lambda)^(n - 1 - i) G_i: the weights after the given gradients, in order. */
    public static Matrix unrolled(Matrix before, List<Matrix> gradients, double learningRate, double lambda) {
        int steps = gradients.size();
        Matrix sum = Products.combination(remaining(learningRate, lambda, steps), before, 0, before);
        for (int i = 0; i < steps; i++) {
            sum = Products.combination(
                    1, sum, -learningRate * remaining(learningRate, lambda, steps - 1L - i), gradients.get(i));
        }
        return sum;
    }

    /** The rank that a batch gradient cannot exceed: min(outputs, inputs, B places), places = 1 for a dense layer. */
    public static long gradientRank(int outputs, int inputs, int batch, int places) {
        return Math.min(Math.min(outputs, inputs), (long) batch * places);
    }

    /** ceil(ln(epsilon) / ln(1 - 2 eta lambda)): the steps after which at most a share epsilon is left. */
    public static long memory(double epsilon, double learningRate, double lambda) {
        return stepsFor(StrictMath.log(epsilon) / StrictMath.log1p(-2 * learningRate * lambda));
    }

    /**
     * B ceil(ln(epsilon) / ln(1 - 2 eta lambda)): the most singular values above epsilon ||W(T-n)||, n the {@link #memory} (derived
     * from 5.1; infinite without decay).
     */
    public static double rankBound(int batch, double epsilon, double learningRate, double lambda) {
        return lambda == 0 ? Double.POSITIVE_INFINITY : (double) batch * memory(epsilon, learningRate, lambda);
    }

    /** B ceil(ln(1 / epsilon) / (2 eta lambda)): the same with ln(1 - x) replaced by -x, never less (5.1). */
    public static double rankBoundForSmallDecay(int batch, double epsilon, double learningRate, double lambda) {
        return (double) batch * stepsFor(-StrictMath.log(epsilon) / (2 * learningRate * lambda));
    }

    /**
     * B ceil(ln(2 / epsilon) / (2 eta lambda)): the wording of the published theorem, for late times when norms no longer change
     * (recalled, not derived; it is at least {@link #rankBoundForSmallDecay}, which is).
     */
    public static double publishedRankBound(int batch, double epsilon, double learningRate, double lambda) {
        return (double) batch * stepsFor(StrictMath.log(2 / epsilon) / (2 * learningRate * lambda));
    }

    /**
     * E = 2 eta lambda T / (1 - m): by how many powers of e the initial weights have faded after T steps (5.3). Ranks of two runs
     * are comparable at equal E only; the division by 1 - m is exact to first order in eta lambda ({@link #momentumFactor}).
     */
    public static double decayExponent(double learningRate, double lambda, double momentum, long steps) {
        return 2 * learningRate * lambda * steps / (1 - momentum);
    }

    /** ln(1 / epsilon): the decay exponent from which the rank at tolerance epsilon starts to fall (6.9 for 1e-3; 5.3). */
    public static double exponentOfFallingRank(double epsilon) {
        return -StrictMath.log(epsilon);
    }

    /**
     * The factor by which heavy-ball momentum, v = m v + 2 lambda w, w -= eta v, shrinks weights per step in the long run: the
     * larger root of z^2 - (1 + m - 2 eta lambda) z + m, and sqrt(m) where the roots are complex (derived).
     */
    public static double momentumFactor(double learningRate, double lambda, double momentum) {
        double sum = 1 + momentum - 2 * learningRate * lambda;
        double discriminant = sum * sum - 4 * momentum;
        return discriminant < 0 ? Math.sqrt(momentum) : (Math.abs(sum) + Math.sqrt(discriminant)) / 2;
    }

    private static long stepsFor(double steps) {
        return (long) Math.ceil(steps);
    }
}
