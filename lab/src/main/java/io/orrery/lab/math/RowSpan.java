package io.orrery.lab.math;

import java.util.Arrays;

/**
 * The span of the rows of a matrix H up to a tolerance, and how far other rows stick out of it: the right singular vectors whose
 * singular values exceed a share of the largest.
 *
 * <p>Pivoted Cholesky factorization of the smaller Gram matrix leaves out directions below 1e-7 of the largest, which are lost in
 * it; the rest R has the singular values of H, and the eigenvectors of its own Gram matrix give the singular vectors.
 *
 * @param dimension of the space
 * @param basis [rank, dimension], orthonormal rows; those of the whole space are not formed
 * @param rank dimension of the span
 */
public record RowSpan(int dimension, Matrix basis, int rank) {
    /** Squared share of the largest direction below which Gram matrices hold noise. */
    private static final double NOISE = 1e-14;

    /**
     * The span of the rows of a matrix.
     *
     * @param tolerance a direction counts if its singular value exceeds this share of the largest
     */
    public static RowSpan of(Matrix matrix, double tolerance) {
        return of(matrix, Products.smallerGram(matrix), tolerance);
    }

    /** The same where {@link Products#smallerGram} of the matrix is known. */
    public static RowSpan of(Matrix matrix, Matrix smallerGram, double tolerance) {
        int dimension = matrix.columns();
        boolean wide = matrix.rows() < dimension;
        PivotedCholesky factor = PivotedCholesky.of(smallerGram, NOISE);
        if (!wide && factor.rank() == dimension) {
            double[] squares = SymmetricEigen.valuesOf(smallerGram);
            if (squares[dimension - 1] > tolerance * tolerance * squares[0]) {
                return new RowSpan(dimension, Matrix.zeros(0, dimension), dimension);
            }
        }
        Matrix rest = Products.stacked(factor.rows(), smallerGram.columns());
        SymmetricEigen eigen = SymmetricEigen.of(Products.outerGram(rest));
        int rank = (int) Arrays.stream(eigen.values())
                .filter(square -> square > tolerance * tolerance * eigen.values()[0])
                .count();
        Matrix directions = Products.times(head(eigen.vectors(), rank), rest);
        return new RowSpan(dimension, orthonormal(wide ? Products.times(directions, matrix) : directions), rank);
    }

    /** Frobenius norm of what is left of a matrix's rows after projection on the span. */
    public double outside(Matrix matrix) {
        if (rank == dimension) {
            return 0;
        }
        Matrix inside = Products.times(Products.timesTransposed(matrix, basis), basis);
        return Products.norm(Products.combination(1, matrix, -1, inside));
    }

    private static Matrix head(Matrix matrix, int rows) {
        return new Matrix(rows, matrix.columns(), Arrays.copyOf(matrix.values(), rows * matrix.columns()));
    }

    /** Rows of length 1, each without its part along those before it, taken away twice (Gram and Schmidt). */
    private static Matrix orthonormal(Matrix matrix) {
        double[][] rows = Products.rows(matrix);
        double[] shares = new double[rows.length];
        int columns = matrix.columns();
        for (int i = 0; i < rows.length; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    shares[k] = -Products.dot(rows[i], 0, rows[k], 0, columns);
                }
                Products.accumulate(rows[i], 0, shares, 0, 1, rows, i);
                double length = Math.sqrt(Products.dot(rows[i], 0, rows[i], 0, columns));
                for (int j = 0; j < columns; j++) {
                    rows[i][j] /= length;
                }
            }
        }
        return Products.stacked(rows, columns);
    }
}
