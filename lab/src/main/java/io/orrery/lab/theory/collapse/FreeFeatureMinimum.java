package io.orrery.lab.theory.collapse;

import java.util.Arrays;

/**
 * The global minimum of square loss over a last layer W [K, p] and free features H [p, N], p >= K:
 * (1 / 2N) ||W H - Y||^2 + (lambdaW / 2) ||W||^2 + (lambdaH / 2) ||H||^2 with one-hot targets Y (form of the loss: Dang, Tran,
 * Osher, Tran-The, Ho and Nguyen 2023; equations 4.2 to 4.5 of the core theory). Without the halves the minimum is at the
 * same place and the loss is twice as large, so that the constants are those of this project's loss, summed over outputs.
 *
 * <p>Derivation: W H enters through its nuclear norm, and scaling the columns of class c by sqrt(n_c) makes the problem
 * diagonal, with one soft threshold per class.
 */
public final class FreeFeatureMinimum {
    private FreeFeatureMinimum() {}

    /**
     * The minimum without a bias: rows of W are orthogonal, and features of class c all equal one multiple of w_c.
     *
     * @param outputs s_c = w_c^T h_c, the output on the true class; all other outputs are 0
     * @param squaredWeights ||w_c||^2
     * @param squaredFeatures ||h_c||^2 of each feature of class c
     * @param loss the value of the halved loss, decay included
     */
    public record Solution(double[] outputs, double[] squaredWeights, double[] squaredFeatures, double loss) {}

    /**
     * The minimum with a bias that is not decayed, for classes of equal size: b = 1 / K everywhere, weights and features are
     * two parallel simplex frames.
     *
     * @param bias 1 / K
     * @param singularValue s: W H-bar = s (I - 1 1^T / K) has K - 1 singular values s and one that is 0
     * @param squaredWeight ||w_c||^2 of each class
     * @param squaredFeature ||h_c||^2 of each feature
     * @param trueOutput 1 - epsilon, the output on the true class, bias included
     * @param otherOutput epsilon / (K - 1), the output on each other class: the symmetric quasi-interpolation of section 2.4
     * @param loss the value of the halved loss, decay included
     */
    public record WithBias(
            double bias,
            double singularValue,
            double squaredWeight,
            double squaredFeature,
            double trueOutput,
            double otherOutput,
            double loss) {}

    /** The minimum for any class sizes, without a bias (4.2 to 4.4). Class sizes and decays must be positive. */
    public static Solution minimum(int[] classSizes, double lambdaW, double lambdaH) {
        requirePositive(lambdaW, lambdaH);
        requireExamples(classSizes);
        int classes = classSizes.length;
        int examples = Arrays.stream(classSizes).sum();
        double[] outputs = new double[classes];
        double[] weights = new double[classes];
        double[] features = new double[classes];
        double loss = 0;
        for (int c = 0; c < classes; c++) {
            double size = classSizes[c];
            double output = output(classSizes[c], examples, lambdaW, lambdaH);
            outputs[c] = output;
            weights[c] = output * Math.sqrt(size * lambdaH / lambdaW);
            features[c] = output * Math.sqrt(lambdaW / (size * lambdaH));
            loss += size / (2 * examples) * (1 - output) * (1 - output) + output * Math.sqrt(size * lambdaW * lambdaH);
        }
        return new Solution(outputs, weights, features, loss);
    }

    /** s_c = max(0, 1 - N sqrt(lambdaW lambdaH / n_c)) (4.2). */
    public static double output(int classSize, int examples, double lambdaW, double lambdaH) {
        return Math.max(0, 1 - examples * Math.sqrt(lambdaW * lambdaH / classSize));
    }

    /** N^2 lambdaW lambdaH: classes of at most so many examples collapse to 0 (minority collapse under square loss, 4.5). */
    public static double collapsingSize(int examples, double lambdaW, double lambdaH) {
        return (double) examples * examples * lambdaW * lambdaH;
    }

    /** The minimum with an undecayed bias and {@code perClass} examples in each class (end of 4.2). Decays must be positive. */
    public static WithBias balancedWithBias(int classes, int perClass, double lambdaW, double lambdaH) {
        requirePositive(lambdaW, lambdaH);
        requireExamples(perClass);
        double singular = output(perClass, classes * perClass, lambdaW, lambdaH);
        double share = (classes - 1.0) / classes;
        double other = (1 - singular) / classes;
        double size = perClass;
        double fit = share / 2 * (1 - singular) * (1 - singular);
        double decay = (classes - 1) * singular * Math.sqrt(size * lambdaW * lambdaH);
        return new WithBias(
                1.0 / classes,
                singular,
                share * singular * Math.sqrt(size * lambdaH / lambdaW),
                share * singular * Math.sqrt(lambdaW / (size * lambdaH)),
                1 - (classes - 1) * other,
                other,
                fit + decay);
    }

    private static void requirePositive(double lambdaW, double lambdaH) {
        if (!(lambdaW > 0 && lambdaH > 0)) {
            throw new IllegalArgumentException(
                    "expected positive decays of weights and features, found " + lambdaW + " and " + lambdaH);
        }
    }

    static void requireExamples(int... classSizes) {
        for (int c = 0; c < classSizes.length; c++) {
            if (classSizes[c] < 1) {
                throw new IllegalArgumentException(
                        "expected examples in every class, found " + classSizes[c] + " in class " + c);
            }
        }
    }
}
