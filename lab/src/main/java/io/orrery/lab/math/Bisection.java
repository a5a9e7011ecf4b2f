package io.orrery.lab.math;

import java.util.function.DoubleUnaryOperator;

/** The root of a function of one number between two places at which its signs differ, by halving. */
public final class Bisection {
    private Bisection() {}

    /**
     * A root to the last bit: halving stops when no number lies between the two ends. About 60 evaluations, up to 1100 for a
     * root near 0.
     *
     * @param function continuous between the ends
     * @throws IllegalArgumentException if the signs at the ends are the same, or a value is NaN
     */
    public static double root(DoubleUnaryOperator function, double low, double high) {
        double atLow = function.applyAsDouble(low);
        double atHigh = function.applyAsDouble(high);
        if (atLow == 0) {
            return low;
        }
        if (atHigh == 0) {
            return high;
        }
        if (!(atLow < 0 && atHigh > 0) && !(atLow > 0 && atHigh < 0)) {
            throw new IllegalArgumentException("bisection needs values of different signs, found " + atLow + " at "
                    + low + " and " + atHigh + " at " + high);
        }
        double below = low;
        double above = high;
        for (double middle = middle(below, above); below < middle && middle < above; middle = middle(below, above)) {
            double value = function.applyAsDouble(middle);
            if (value == 0) {
                return middle;
            }
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("bisection met NaN at " + middle);
            }
            if (value < 0 == atLow < 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    private static double middle(double below, double above) {
        return below + (above - below) / 2;
    }
}
