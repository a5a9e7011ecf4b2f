package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import java.util.ArrayList;
import java.util.List;

/**
 * The flow of class means along the central path, where the last layer is at every moment the best one for its features and
 * features are renormalized to unit scatter within classes (Han, Papyan and Donoho 2022). The explicit form without decay and
 * with centred means is (4.7) of the core theory, derived there: every signal-to-noise ratio w_j, a singular value of the means
 * [C, p], obeys dw/dt = (C / N) w / (C + w^2)^2, so that all of them grow like t^(1/4) and become equal: a simplex.
 */
public final class CentralPathFlow {
    private CentralPathFlow() {}

    /**
     * The flow at one moment.
     *
     * @param signalToNoise singular values of the means, descending; the last of them is 0 up to rounding
     */
    public record Point(double time, double[] signalToNoise) {
        /** The largest over the smallest of the C - 1 ratios that are not 0. */
        public double spread() {
            return signalToNoise[0] / signalToNoise[signalToNoise.length - 2];
        }
    }

    /**
     * dM/dt = (1/N) (I - 1 1^T / C - W M^T)^T W with W = (1/C) (I + M M^T / C)^-1 M (4.7).
     *
     * @param means class means minus their mean in units of the scatter within classes, M [C, p], p >= C
     */
    public static Matrix velocity(Matrix means, int examples) {
        int classes = means.rows();
        Matrix gram = Products.outerGram(means);
        Matrix shifted = Matrix.zeros(classes, classes);
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                shifted.values()[i * classes + j] = gram.at(i, j) / classes + (i == j ? 1 : 0);
            }
        }
        Cholesky factor = Cholesky.of(shifted);
        Matrix best = factor.solve(means);
        Matrix residual = factor.solve(gram);
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                int at = i * classes + j;
                residual.values()[at] = (i == j ? 1 : 0) - 1.0 / classes - residual.values()[at] / classes;
            }
        }
        Matrix product = Products.transposedTimes(residual, best);
        return Products.combination(1.0 / classes / examples, product, 0, product);
    }

    /**
     * The flow by the midpoint rule.
     *
     * @param means centred means at time 0, [C, p], p >= C
     * @param examples N, all classes together
     * @param every steps from one recorded point to the next
     */
    public static List<Point> simulated(Matrix means, int examples, double timeStep, int steps, int every) {
        List<Point> points = new ArrayList<>();
        Matrix now = means;
        points.add(new Point(0, Svd.valuesOf(now)));
        for (int step = 1; step <= steps; step++) {
            Matrix middle = Products.combination(1, now, timeStep / 2, velocity(now, examples));
            now = Products.combination(1, now, timeStep, velocity(middle, examples));
            if (step % every == 0) {
                points.add(new Point(step * timeStep, Svd.valuesOf(now)));
            }
        }
        return List.copyOf(points);
    }

    /** dw/dt = (C / N) w / (C + w^2)^2 (4.7). */
    public static double rate(double ratio, int classes, int examples) {
        double denominator = classes + ratio * ratio;
        return classes * ratio / (examples * denominator * denominator);
    }

    /** C^2 ln w + C w^2 + w^4 / 4 - (C / N) t, which the flow keeps (4.7). */
    public static double invariant(double ratio, double time, int classes, int examples) {
        return potential(ratio, classes) - (double) classes / examples * time;
    }

    /** w(t) from w(0) > 0, the root of the invariant; to rounding. */
    public static double at(double time, double initial, int classes, int examples) {
        double target = potential(initial, classes) + (double) classes / examples * time;
        double low = initial;
        double high = Math.max(initial, 1);
        while (potential(high, classes) < target) {
            high *= 2;
        }
        for (int i = 0; i < 200; i++) {
            double middle = low + (high - low) / 2;
            if (potential(middle, classes) <= target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** (4 C t / N)^(1/4): what every ratio tends to, relatively, for long times. */
    public static double asymptote(double time, int classes, int examples) {
        return StrictMath.pow(4.0 * classes * time / examples, 0.25);
    }

    /**
     * Singular values of M Sigma_W^(-1/2), descending: the signal-to-noise ratios of features [N, p], p at most N - C so that the scatter
     * within classes Sigma_W is regular (ArithmeticException where it is not). M are class means minus their unweighted mean;
     * every class has examples.
     */
    public static double[] signalToNoise(Matrix features, int[] labels, int classes) {
        int width = features.columns();
        int[] counts = new int[classes];
        Matrix means = Matrix.zeros(classes, width);
        for (int n = 0; n < labels.length; n++) {
            counts[labels[n]]++;
            for (int j = 0; j < width; j++) {
                means.values()[labels[n] * width + j] += features.at(n, j);
            }
        }
        for (int i = 0; i < means.values().length; i++) {
            means.values()[i] /= counts[i / width];
        }
        Matrix deviations = Matrix.zeros(labels.length, width);
        for (int n = 0; n < labels.length; n++) {
            for (int j = 0; j < width; j++) {
                deviations.values()[n * width + j] =
                        (features.at(n, j) - means.at(labels[n], j)) / Math.sqrt(labels.length);
            }
        }
        Matrix centred = Products.transposed(Products.centred(means));
        return Svd.valuesOf(Cholesky.of(Products.gram(deviations)).solveLower(centred));
    }

    private static double potential(double ratio, int classes) {
        double square = ratio * ratio;
        return (double) classes * classes * StrictMath.log(ratio) + classes * square + square * square / 4;
    }
}
