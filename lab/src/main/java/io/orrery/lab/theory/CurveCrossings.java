package io.orrery.lab.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * How often the boundaries of linear regions of a random ReLU network are met along a curve x(t) of inputs. What a hidden unit of the first
 * layer sums is a normal process with variance v = s^2 |x|^2 + b^2, whose slope has variance s^2 |x'|^2 and covariance s^2 x.x' with
 * it, and Rice's formula (1944) gives its zeros per unit of t: sqrt(s^2 |x'|^2 / v - (s^2 x.x' / v)^2) / pi. With weights of variance
 * 2 / fan-in and infinitely many units, E 2 relu(z)^2 = E z^2 and E 2 (relu'(z) z')^2 = E z'^2, so that further layers change nothing
 * but that each adds b^2 to v (derived).
 *
 * @param weightVariance s^2 of the first layer
 * @param biasVariance b^2 of every layer
 */
public record CurveCrossings(double weightVariance, double biasVariance) {
    private static final int NODES = 5_000;

    /** A curve in the space of inputs. */
    public interface Curve {
        /** Where it starts in t. */
        double from();

        /** Where it ends in t. */
        double to();

        /** x(t). */
        double[] point(double t);

        /** x'(t). */
        double[] velocity(double t);
    }

    /**
     * The mean number of crossings of a unit along the whole curve.
     *
     * @param layer of the unit, from 1
     */
    public double crossings(Curve curve, int layer) {
        return integral(curve, t -> rate(curve.point(t), curve.velocity(t), layer));
    }

    /** What it would be if only length and distance from 0 counted: the integral of |x'| / (pi |x|), neither direction nor biases. */
    public static double crossingsByLength(Curve curve) {
        return integral(
                curve,
                t -> Math.sqrt(inner(curve.velocity(t), curve.velocity(t)) / inner(curve.point(t), curve.point(t)))
                        / StrictMath.PI);
    }

    /** The curve's length. */
    public static double length(Curve curve) {
        return integral(curve, t -> Math.sqrt(inner(curve.velocity(t), curve.velocity(t))));
    }

    /** Zeros of a unit's sum per unit of t at a place. */
    double rate(double[] point, double[] velocity, int layer) {
        double variance = weightVariance * inner(point, point) + layer * biasVariance;
        double slope = weightVariance * inner(velocity, velocity) / variance;
        double drift = weightVariance * inner(point, velocity) / variance;
        return Math.sqrt(Math.max(0, slope - drift * drift)) / StrictMath.PI;
    }

    private static double integral(Curve curve, DoubleUnaryOperator rate) {
        double width = (curve.to() - curve.from()) / NODES;
        double sum = 0;
        for (int node = 0; node < NODES; node++) {
            sum += rate.applyAsDouble(curve.from() + (node + 0.5) * width) * width;
        }
        return sum;
    }

    private static double inner(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
