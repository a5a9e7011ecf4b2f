package io.orrery.lab.judge;

/** The scale on which values are averaged. */
public enum Scale {
    /** As they are: arithmetic mean. */
    LINEAR,
    /** Their logarithms: geometric mean. Values must be positive; for ratios and quantities that span decades. */
    LOG;

    double to(double value) {
        return this == LOG ? StrictMath.log(value) : value;
    }

    double from(double value) {
        return this == LOG ? StrictMath.exp(value) : value;
    }

    double[] to(double[] values) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = to(values[i]);
        }
        return scaled;
    }
}
