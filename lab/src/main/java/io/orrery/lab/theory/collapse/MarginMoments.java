package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;

/**
 * What the dynamics of rho needs to know of a network's normalized outputs f = g / rho (core theory, sections 1 and 2.4).
 *
 * @param mean mu = mean of the normalized margins y f; for K outputs a = mean of y^T f
 * @param secondMoment M = mean of f^2; for K outputs b = mean of ||f||^2
 */
public record MarginMoments(double mean, double secondMoment) {
    /** From the normalized margins y_n f_n of a binary network with one output. */
    public static MarginMoments ofMargins(double[] margins) {
        double sum = 0;
        double squares = 0;
        for (double margin : margins) {
            sum += margin;
            squares += margin * margin;
        }
        return new MarginMoments(sum / margins.length, squares / margins.length);
    }

    /** From normalized outputs [N, K] against one-hot targets (2.11). */
    public static MarginMoments ofOutputs(Matrix outputs, int[] labels) {
        if (labels.length != outputs.rows()) {
            throw new IllegalArgumentException(
                    "expected a label for each of " + outputs.rows() + " outputs, found " + labels.length);
        }
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < labels.length; n++) {
            sum += outputs.at(n, labels[n]);
        }
        for (double value : outputs.values()) {
            squares += value * value;
        }
        return new MarginMoments(sum / labels.length, squares / labels.length);
    }

    /** The spread s of the margins: s^2 = M - mu^2. */
    public double spread() {
        return Math.sqrt(Math.max(0, secondMoment - mean * mean));
    }

    /** rho_eq = mu / (M + lambda) (2.8, 2.11). */
    public double equilibrium(double lambda) {
        return RhoDynamics.equilibrium(mean, secondMoment, lambda);
    }
}
