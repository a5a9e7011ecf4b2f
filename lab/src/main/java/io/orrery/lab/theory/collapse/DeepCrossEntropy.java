package io.orrery.lab.theory.collapse;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Minima of cross-entropy over M linear layers and free features of K equal classes:
 * mean CE(W_M ... W_1 h, c) + (lambdaW / 2) sum of ||W_k||^2 + (lambdaH / 2) ||H||^2, no bias, among logits s G with G the Gram matrix
 * of K vectors that lie alike: a simplex in K - 1 dimensions, or a regular polygon in a plane.
 *
 * <p>Derivation: the least decay of M + 1 factors with a product z is (M + 1) / 2 (lambdaW^M lambdaH z^2)^(1 / (M + 1)), shared evenly,
 * in each direction. A G with d equal singular values g, n examples in each class and 1 - G_1j = gap_j has the objective
 * log(sum over j of e^(-s gap_j)) + d (M + 1) / 2 (lambdaW^M lambdaH n g^2 s^2)^(1 / (M + 1)).
 *
 * <p>For one layer the problem is convex in the logits and the simplex is the global minimum. For several, decay favours few
 * dimensions (Garrod and Keating 2024, arXiv 2410.23169): the plane may be lower from four classes on, and the simplex remains a
 * local minimum beside it. For three classes they are the same.
 */
public final class DeepCrossEntropy {
    private static final int GRID = 4000;
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;
    private static final int HALVINGS = 100;

    private DeepCrossEntropy() {}

    /**
     * A minimum; zeros where decay leaves nothing.
     *
     * @param cosines of the last layer's row of class 0 with those of 1, 2, ...; around the polygon
     * @param dimensions d: 0 where decay leaves nothing
     * @param scale s
     * @param singularValue of every layer, d times
     * @param squaredWeight ||w_c||^2 of the last layer's rows
     * @param squaredFeature ||h_c||^2 of each feature
     * @param objective decay included
     */
    public record Minimum(
            double[] cosines,
            int dimensions,
            double scale,
            double singularValue,
            double squaredWeight,
            double squaredFeature,
            double objective) {}

    /**
     * Where the minimum is sought.
     *
     * @param classes K
     * @param perClass examples of each class
     * @param layers M
     * @param lambdaW decay of every layer
     * @param lambdaH decay of the features
     */
    public record Problem(int classes, int perClass, int layers, double lambdaW, double lambdaH) {
        /** Refuses what makes no problem. */
        public Problem {
            if (classes < 2 || perClass < 1 || layers < 1 || !(lambdaW > 0 && lambdaH > 0)) {
                throw new IllegalArgumentException(
                        "expected 2 classes, 1 example of each and 1 layer or more and positive decays, found "
                                + classes + ", " + perClass + ", " + layers + ", " + lambdaW + " and " + lambdaH);
            }
        }
    }

    /** The lowest simplex: cosines -1 / (K - 1). */
    public static Minimum simplex(Problem problem) {
        double[] cosines = new double[problem.classes - 1];
        Arrays.fill(cosines, -1.0 / cosines.length);
        return minimum(problem, cosines, problem.classes - 1);
    }

    /** The lowest regular polygon: cosines cos(2 pi j / K), for at least three classes. */
    public static Minimum polygon(Problem problem) {
        if (problem.classes < 3) {
            throw new IllegalArgumentException("expected at least 3 classes for a polygon, found " + problem.classes);
        }
        double[] cosines = IntStream.range(1, problem.classes)
                .mapToDouble(j -> StrictMath.cos(2 * Math.PI * j / problem.classes))
                .toArray();
        return minimum(problem, cosines, 2);
    }

    private static Minimum minimum(Problem problem, double[] cosines, int dimensions) {
        // A Gram matrix with a diagonal of ones has the trace K, and d equal singular values.
        double stretch = (double) problem.classes / dimensions;
        Course course = new Course(problem, cosines, dimensions, stretch);
        double scale = course.lowest();
        double none = StrictMath.log(problem.classes);
        if (course.objective(scale) >= none) {
            return new Minimum(cosines, 0, 0, 0, 0, 0, none);
        }
        // Twice a factor's share of decay in one direction: lambda times its squared singular value.
        double share = course.price() * StrictMath.pow(stretch * scale, course.exponent());
        return new Minimum(
                cosines,
                dimensions,
                scale,
                Math.sqrt(share / problem.lambdaW),
                share / problem.lambdaW / stretch,
                share / problem.lambdaH / stretch / problem.perClass,
                course.objective(scale));
    }

    /** The objective along s. */
    private record Course(Problem problem, double[] cosines, int dimensions, double stretch) {
        double exponent() {
            return 2.0 / (problem.layers + 1);
        }

        double price() {
            return StrictMath.pow(
                    StrictMath.pow(problem.lambdaW, problem.layers) * problem.lambdaH * problem.perClass,
                    1.0 / (problem.layers + 1));
        }

        double objective(double scale) {
            double others = 0;
            for (double cosine : cosines) {
                others += StrictMath.exp(-scale * (1 - cosine));
            }
            return StrictMath.log1p(others)
                    + dimensions * price() / exponent() * StrictMath.pow(stretch * scale, exponent());
        }

        double slope(double scale) {
            double others = 0;
            double pull = 0;
            for (double cosine : cosines) {
                double each = StrictMath.exp(-scale * (1 - cosine));
                others += each;
                pull += (1 - cosine) * each;
            }
            return dimensions * price() * StrictMath.pow(stretch, exponent()) * StrictMath.pow(scale, exponent() - 1)
                    - pull / (1 + others);
        }

        /** By a fine grid, since there may be a second minimum at 0, and halving of the slope around its lowest point. */
        double lowest() {
            double step = StrictMath.log(MOST / LEAST) / GRID;
            int best = 0;
            for (int i = 1; i <= GRID; i++) {
                if (objective(at(i, step)) < objective(at(best, step))) {
                    best = i;
                }
            }
            double low = at(best - 1, step);
            double high = at(best + 1, step);
            for (int i = 0; i < HALVINGS; i++) {
                double middle = low + (high - low) / 2;
                if (slope(middle) < 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private static double at(int index, double step) {
            return LEAST * StrictMath.exp(index * step);
        }
    }
}
