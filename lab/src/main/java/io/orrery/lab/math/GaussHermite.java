package io.orrery.lab.math;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Means over the standard normal distribution by Gauss-Hermite quadrature, exact for polynomials of degree below twice the
 * number of nodes. Smooth functions converge fast, ones with a kink slowly: for those use closed forms.
 *
 * @param nodes the roots of the orthonormal Hermite polynomial h_n of weight exp(-x^2/2), ascending
 * @param weights 1 / (n h_(n-1)(x)^2) (Szego 1939, 3.4.7 and 5.6.2), which add up to 1
 */
public record GaussHermite(double[] nodes, double[] weights) {
    private static final int MOST = 200;
    private static final int POLISHING = 3;

    /**
     * The rule of a number of nodes.
     *
     * @param count from 1 to 200; beyond, weights of the outer nodes vanish in double
     */
    public static GaussHermite of(int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " nodes, found " + count);
        }
        double[] beside = new double[count - 1];
        for (int k = 1; k < count; k++) {
            beside[k - 1] = Math.sqrt(k);
        }
        double[] roots = new Tridiagonal(new double[count], beside).eigenvalues();
        double[] nodes = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            // Roots come in pairs of opposite signs.
            double root = (roots[i] - roots[count - 1 - i]) / 2;
            for (int step = 0; step < POLISHING; step++) {
                double[] last = lastTwo(root, count);
                root -= last[0] / (Math.sqrt(count) * last[1]);
            }
            double below = lastTwo(root, count)[1];
            nodes[i] = root;
            weights[i] = 1 / (count * below * below);
        }
        return new GaussHermite(nodes, weights);
    }

    /** E f(Z). */
    public double mean(DoubleUnaryOperator function) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * function.applyAsDouble(nodes[i]);
        }
        return sum;
    }

    /** E f(U, V) of two standard normal numbers with a correlation from -1 to 1. */
    public double mean(DoubleBinaryOperator function, double correlation) {
        double rest = Math.sqrt(Math.max(0, (1 - correlation) * (1 + correlation)));
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            double inner = 0;
            for (int j = 0; j < nodes.length; j++) {
                inner += weights[j] * function.applyAsDouble(nodes[i], correlation * nodes[i] + rest * nodes[j]);
            }
            sum += weights[i] * inner;
        }
        return sum;
    }

    /** h_n and h_(n-1) at a place, by sqrt(k+1) h_(k+1) = x h_k - sqrt(k) h_(k-1). */
    private static double[] lastTwo(double x, int count) {
        double before = 0;
        double now = 1;
        for (int k = 0; k < count; k++) {
            double next = (x * now - Math.sqrt(k) * before) / Math.sqrt(k + 1);
            before = now;
            now = next;
        }
        return new double[] {now, before};
    }
}
