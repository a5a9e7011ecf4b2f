package io.orrery.lab.judge.statistics;

/** The scale on which values are averaged. */
public enum Average {
    /** As they are: arithmetic mean. */
    ARITHMETIC,
    /** Their logarithms: geometric mean. Values must be positive; for ratios and quantities that span decades. */
    GEOMETRIC;

    /** A value on the scale on which the average is arithmetic. */
    public double to(double value) {
        return this == GEOMETRIC ? StrictMath.log(value) : value;
    }

    /** A value of that scale back on the quantity's own. */
    public double from(double value) {
        return this == GEOMETRIC ? StrictMath.exp(value) : value;
    }

    /** All values on the scale on which the average is arithmetic. */
    public double[] to(double[] values) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = to(values[i]);
        }
        return scaled;
    }
}
