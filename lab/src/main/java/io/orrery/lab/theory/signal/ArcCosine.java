package io.orrery.lab.theory.signal;

/** Means over ReLU of two standard normal numbers U, V by their correlation (Cho and Saul 2009, the kernels of degree 0 and 1). */
public final class ArcCosine {
    private ArcCosine() {}

    /** kappa_0 = 2 P(U > 0, V > 0) = 2 E relu'(U) relu'(V) = (pi - arccos c) / pi. */
    public static double zeroth(double correlation) {
        return (StrictMath.PI - angle(correlation)) / StrictMath.PI;
    }

    /** kappa_1 = 2 E relu(U) relu(V) = (sqrt(1 - c^2) + c (pi - arccos c)) / pi. */
    public static double first(double correlation) {
        double sine = Math.sqrt(Math.max(0, (1 - correlation) * (1 + correlation)));
        return (sine + correlation * (StrictMath.PI - angle(correlation))) / StrictMath.PI;
    }

    /** The angle, well conditioned at either end; correlations that rounding took beyond 1 count as 1. */
    private static double angle(double correlation) {
        double sine = Math.sqrt(Math.max(0, (1 - correlation) * (1 + correlation)));
        return StrictMath.atan2(sine, correlation);
    }
}
