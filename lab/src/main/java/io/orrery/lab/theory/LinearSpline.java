package io.orrery.lab.theory;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The function that lowers (1/2) sum of (f(x_i) - y_i)^2 + lambda TV(f') most, TV(f') being the total variation of its slope. Among
 * the best there is a linear spline with knots at points x_i alone (Mammen and van de Geer 1997, for splines of order 1):
 * f = intercept + slope x + sum of c_k relu(x - x_k) over the inner points, with TV(f') = sum of |c_k|. So it is a lasso
 * of which intercept and slope are not penalized.
 *
 * @param knots the inner points
 * @param changes c_k, of the slope at each knot
 * @param objective what it lowers, at its lowest
 */
public record LinearSpline(double[] knots, double[] changes, double intercept, double slope, double objective) {
    private static final int MOST_SWEEPS = 2_000_000;
    private static final double SETTLED = 1e-15;

    /**
     * The best one, by descent along one c_k after the other until none moves.
     *
     * @param x at least three points, ascending
     * @param lambda above 0; at 0 the points are joined by straight lines, which no interpolation undercuts
     */
    public static LinearSpline fit(double[] x, double[] y, double lambda) {
        int count = x.length;
        if (count < 3 || IntStream.range(1, count).anyMatch(i -> !(x[i] > x[i - 1]))) {
            throw new IllegalArgumentException("expected three or more ascending points, found " + Arrays.toString(x));
        }
        double[] knots = Arrays.copyOfRange(x, 1, count - 1);
        double[] changes = lambda == 0 ? joined(x, y) : descended(x, y, knots, lambda);
        double[] rest = y.clone();
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < knots.length; k++) {
                rest[i] -= changes[k] * Math.max(0, x[i] - knots[k]);
            }
        }
        double[] line = line(x, rest);
        double objective = lambda * Arrays.stream(changes).map(Math::abs).sum();
        for (int i = 0; i < count; i++) {
            double error = rest[i] - line[0] - line[1] * x[i];
            objective += error * error / 2;
        }
        return new LinearSpline(knots, changes, line[0], line[1], objective);
    }

    /** TV(f'). */
    public double totalVariation() {
        return Arrays.stream(changes).map(Math::abs).sum();
    }

    /** Its value at a point. */
    public double at(double x) {
        double value = intercept + slope * x;
        for (int k = 0; k < knots.length; k++) {
            value += changes[k] * Math.max(0, x - knots[k]);
        }
        return value;
    }

    private static double[] joined(double[] x, double[] y) {
        return IntStream.range(1, x.length - 1)
                .mapToDouble(i -> (y[i + 1] - y[i]) / (x[i + 1] - x[i]) - (y[i] - y[i - 1]) / (x[i] - x[i - 1]))
                .toArray();
    }

    /** Lines are taken out of the targets and of each hinge first: what is left of them is fitted by the c_k alone. */
    private static double[] descended(double[] x, double[] y, double[] knots, double lambda) {
        double[][] hinges = new double[knots.length][];
        double[] squares = new double[knots.length];
        for (int k = 0; k < knots.length; k++) {
            double knot = knots[k];
            hinges[k] = withoutLine(
                    x, Arrays.stream(x).map(at -> Math.max(0, at - knot)).toArray());
            squares[k] = dot(hinges[k], hinges[k]);
        }
        double[] residual = withoutLine(x, y);
        double[] changes = new double[knots.length];
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double moved = 0;
            for (int k = 0; k < knots.length; k++) {
                double wanted = dot(hinges[k], residual) + squares[k] * changes[k];
                double shrunk = Math.signum(wanted) * Math.max(0, Math.abs(wanted) - lambda) / squares[k];
                double step = shrunk - changes[k];
                if (step != 0) {
                    changes[k] = shrunk;
                    for (int i = 0; i < x.length; i++) {
                        residual[i] -= step * hinges[k][i];
                    }
                    moved = Math.max(moved, Math.abs(step));
                }
            }
            if (moved < SETTLED) {
                break;
            }
        }
        return changes;
    }

    private static double[] withoutLine(double[] x, double[] values) {
        double[] line = line(x, values);
        return IntStream.range(0, x.length)
                .mapToDouble(i -> values[i] - line[0] - line[1] * x[i])
                .toArray();
    }

    /** Intercept and slope of the least-squares line. */
    private static double[] line(double[] x, double[] values) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double mean = Arrays.stream(values).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (values[i] - mean);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        double slope = products / squares;
        return new double[] {mean - slope * meanX, slope};
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
