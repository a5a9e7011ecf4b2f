package io.orrery.lab.claim;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Curves of figures from what was computed, and of the laws beside them. */
public final class ComputedCurves {
    private ComputedCurves() {}

    /** A series of vectors over their places, one curve with its seeds; a seed without them is missing. */
    public static Figure.Curve of(String name, Arm.Part part, ArmRuns arm, String series, double[] x) {
        return of(name, part, x, arm.lastVectors(series));
    }

    /** Vectors of each seed over their places; one of another length is missing. */
    public static Figure.Curve of(String name, Arm.Part part, double[] x, double[][] bySeed) {
        double[][] values = Arrays.stream(bySeed)
                .map(seed -> seed.length == x.length ? seed : missing(x.length))
                .toArray(double[][]::new);
        return new Figure.Curve(name, part, true, x, values);
    }

    /** The same with every number changed, as to a share of something. */
    public static Figure.Curve of(
            String name, Arm.Part part, ArmRuns arm, String series, double[] x, DoubleUnaryOperator change) {
        Figure.Curve curve = of(name, part, arm, series, x);
        double[][] values = Arrays.stream(curve.values())
                .map(seed -> Arrays.stream(seed).map(change).toArray())
                .toArray(double[][]::new);
        return new Figure.Curve(name, part, true, x, values);
    }

    /** A law over places. */
    public static Figure.Curve law(String name, Arm.Part part, double[] x, DoubleUnaryOperator law) {
        return law(name, part, x, Arrays.stream(x).map(law).toArray());
    }

    /** A law by its numbers. */
    public static Figure.Curve law(String name, Arm.Part part, double[] x, double[] law) {
        return new Figure.Curve(name, part, true, x, new double[][] {law});
    }

    /** A point for each seed of each arm: one number per seed at the arm's place. */
    public static Figure.Curve points(String name, Arm.Part part, double[] x, double[][] armsBySeed) {
        return new Figure.Curve(name, part, false, x, bySeed(armsBySeed));
    }

    /** Numbers [arm][seed] as [seed][arm]: all arms must have as many. */
    public static double[][] bySeed(double[][] arms) {
        int seeds = arms.length == 0 ? 0 : arms[0].length;
        double[][] values = new double[seeds][arms.length];
        for (int arm = 0; arm < arms.length; arm++) {
            for (int seed = 0; seed < seeds; seed++) {
                values[seed][arm] = arms[arm][seed];
            }
        }
        return values;
    }

    private static double[] missing(int length) {
        double[] none = new double[length];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
