package io.orrery.lab.theory;

import java.util.Arrays;

/**
 * Linear regression on one task after another, each fitted exactly by the smallest change of the weights: w_t = w_(t-1) + X_t^+ (y_t -
 * X_t w_(t-1)), w_0 = 0, with fewer examples n than inputs p, Gaussian inputs of variance 1 and y_t = X_t w_t* + noise (Lin, Ju, Liang and
 * Shroff 2023, arXiv 2302.05836). X_t is independent of w_(t-1) and projects on a random subspace of dimension n, and
 * E tr (X X^T)^-1 = n / (p - n - 1), so the mean errors follow exactly (derived) from
 *
 * <p>E|w_t - w_i*|^2 = (1 - n/p) E|w_(t-1) - w_i*|^2 + (n/p) |w_t* - w_i*|^2 + n noise^2 / (p - n - 1).
 *
 * @param inputs p
 * @param examples of each task, n, at most p - 2
 * @param noise the standard deviation of what is added to the targets
 */
public record ContinualRegression(int inputs, int examples, double noise) {
    /** Refuses as many examples as have no finite mean error. */
    public ContinualRegression {
        if (examples < 1 || examples > inputs - 2) {
            throw new IllegalArgumentException(
                    "expected 1 to " + (inputs - 2) + " examples of " + inputs + " inputs, found " + examples);
        }
    }

    /**
     * Mean squared distances of the weights from the target of each task, after each task.
     *
     * @param norms |w_i*|^2 of each task i, in the order of training
     * @param distances |w_t* - w_i*|^2 in row t, column i
     * @return one row after each task, one column a task
     */
    public double[][] errors(double[] norms, double[][] distances) {
        double kept = 1 - examples / (double) inputs;
        double added = examples * noise * noise / (inputs - examples - 1);
        double[][] errors = new double[norms.length][norms.length];
        double[] before = norms;
        for (int trained = 0; trained < norms.length; trained++) {
            for (int task = 0; task < norms.length; task++) {
                errors[trained][task] = kept * before[task] + (1 - kept) * distances[trained][task] + added;
            }
            before = errors[trained];
        }
        return errors;
    }

    /** The mean error over tasks after the last one, of a square table as {@link #errors} gives it. */
    public static double finalError(double[][] errors) {
        return Arrays.stream(errors[errors.length - 1]).average().orElseThrow();
    }

    /** How much the error of a task has grown since it was trained, the mean over all tasks but the last. */
    public static double forgetting(double[][] errors) {
        int last = errors.length - 1;
        double sum = 0;
        for (int task = 0; task < last; task++) {
            sum += errors[last][task] - errors[task][task];
        }
        return sum / last;
    }
}
