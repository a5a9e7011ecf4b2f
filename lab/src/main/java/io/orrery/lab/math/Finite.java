package io.orrery.lab.math;

import java.util.Arrays;

/** Decompositions loop or fail on NaN: they are asked for only where all numbers are finite. */
final class Finite {
    private Finite() {}

    /** Whether no element is NaN or infinite. */
    static boolean all(Matrix matrix) {
        for (double value : matrix.values()) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** So many NaN. */
    static double[] nan(int count) {
        double[] values = new double[count];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
