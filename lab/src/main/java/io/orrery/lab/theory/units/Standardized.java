package io.orrery.lab.theory.units;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/** Values of units with the mean taken away and divided by the population deviation; a unit that never changes stays 0. */
public final class Standardized {
    private Standardized() {}

    /** Of values [examples, units], unit by unit. */
    public static Matrix of(Matrix values) {
        double[] changed = new double[values.values().length];
        int examples = values.rows();
        for (int unit = 0; unit < values.columns(); unit++) {
            double mean = 0;
            for (int example = 0; example < examples; example++) {
                mean += values.at(example, unit) / examples;
            }
            double variance = 0;
            for (int example = 0; example < examples; example++) {
                double apart = values.at(example, unit) - mean;
                variance += apart * apart / examples;
            }
            double deviation = Math.sqrt(variance);
            // what is left of a constant by rounding is no variation
            boolean constant = !(deviation > 1e-12 * Math.abs(mean));
            for (int example = 0; example < examples; example++) {
                int place = example * values.columns() + unit;
                changed[place] = constant ? 0 : (values.values()[place] - mean) / deviation;
            }
        }
        return new Matrix(examples, values.columns(), changed);
    }

    /** Correlations [units, units of the other] of standardized values; 0 with a unit that never changes. */
    public static Matrix correlations(Matrix one, Matrix other) {
        Matrix products = Products.transposedTimes(one, other);
        double[] values = products.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] /= one.rows();
        }
        return new Matrix(products.rows(), products.columns(), values);
    }
}
