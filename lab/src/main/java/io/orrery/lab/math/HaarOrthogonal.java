package io.orrery.lab.math;

import io.orrery.engine.random.RandomStream;

/**
 * Orthogonal matrices drawn evenly from all of them (Haar's measure): the orthogonal factor of a matrix of independent normal
 * numbers, the other factor's diagonal being positive (Mezzadri 2007, arXiv math-ph/0609050).
 */
public final class HaarOrthogonal {
    private HaarOrthogonal() {}

    /** One [size, size] matrix of a stream and a step. About 4 size^3 FLOPs. */
    public static Matrix of(RandomStream stream, long step, int size) {
        return factor(new Matrix(size, size, stream.normals(step, Math.multiplyExact(size, size))));
    }

    /**
     * Q of A = L Q with orthonormal rows and L lower triangular with a positive diagonal, [m, n] for m of at most n, by
     * Gram-Schmidt done twice, which is orthogonal to rounding (Giraud, Langou and Rozloznik 2005).
     *
     * @throws ArithmeticException if a row is zero or depends on those before it
     */
    static Matrix factor(Matrix matrix) {
        double[][] rows = Products.rows(matrix);
        for (int i = 0; i < rows.length; i++) {
            double before = norm(rows[i]);
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < i; other++) {
                    add(rows[i], -Products.dot(rows[i], 0, rows[other], 0, rows[i].length), rows[other]);
                }
            }
            double left = norm(rows[i]);
            if (!(left > 1e-13 * before)) {
                throw new ArithmeticException(
                        "row " + i + " depends on those before it, so there is no direction left");
            }
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] /= left;
            }
        }
        return Products.stacked(rows, matrix.columns());
    }

    private static double norm(double[] row) {
        return Math.sqrt(Products.dot(row, 0, row, 0, row.length));
    }

    private static void add(double[] sum, double factor, double[] row) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * row[j];
        }
    }
}
