package io.orrery.lab.math;

/** Straight lines through points, by least squares. */
public final class LeastSquares {
    private LeastSquares() {}

    /** Slope of y on x, which must have as many numbers, not all alike; else NaN. */
    public static double slope(double[] x, double[] y) {
        double meanX = Descriptive.shiftedMean(x);
        double meanY = Descriptive.shiftedMean(y);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }

    /** Exponent b of y = a x^b: the slope of the logarithms. All must be positive, else NaN. */
    public static double exponent(double[] x, double[] y) {
        return slope(logarithms(x), logarithms(y));
    }

    private static double[] logarithms(double[] values) {
        double[] logarithms = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logarithms[i] = StrictMath.log(values[i]);
        }
        return logarithms;
    }
}
