package io.orrery.lab.math;

import java.util.stream.IntStream;

/**
 * The span of the rows of a matrix H up to a tolerance, and how far other rows stick out of it. Which directions there are is
 * read off the smaller Gram matrix by pivoted Cholesky factorization; directions below 1e-7 of the largest are lost in it.
 * No orthonormal basis is formed.
 */
public sealed interface RowSpan {
    /**
     * The span of the rows of a matrix.
     *
     * @param tolerance a direction counts while the part of a row (or a column) outside those before it exceeds this share
     *     of the largest row (or column)
     */
    static RowSpan of(Matrix matrix, double tolerance) {
        return of(matrix, Products.smallerGram(matrix), tolerance);
    }

    /** The same where {@link Products#smallerGram} of the matrix is known. */
    static RowSpan of(Matrix matrix, Matrix smallerGram, double tolerance) {
        PivotedCholesky factor = PivotedCholesky.of(smallerGram, tolerance * tolerance);
        if (factor.rank() == matrix.columns()) {
            return new Everything(matrix.columns());
        }
        return matrix.rows() < matrix.columns() ? new OfRows(matrix, factor) : OfColumns.of(factor, matrix.columns());
    }

    /** Dimension of the span. */
    int rank();

    /** Frobenius norm of what is left of a matrix's rows after projection on the span. */
    double outside(Matrix matrix);

    /** The whole space. */
    record Everything(int rank) implements RowSpan {
        @Override
        public double outside(Matrix matrix) {
            return 0;
        }
    }

    /**
     * The span of the pivot rows P of H, chosen by the Gram matrix of rows. W sticks out of it by
     * W - W P^T (P P^T)^-1 P.
     */
    record OfRows(Matrix matrix, PivotedCholesky factor) implements RowSpan {
        @Override
        public int rank() {
            return factor.rank();
        }

        @Override
        public double outside(Matrix other) {
            Matrix pivots = Products.stacked(
                    IntStream.of(factor.pivots()).mapToObj(matrix::row).toArray(double[][]::new), matrix.columns());
            double[][] shares = Products.rows(Products.timesTransposed(pivots, other));
            factor.solve(shares);
            Matrix inside = Products.transposedTimes(Products.stacked(shares, other.rows()), pivots);
            return Products.norm(Products.combination(1, other, -1, inside));
        }
    }

    /**
     * The span found from the Gram matrix of columns: with pivot columns first its rows are combinations of (1 M), and
     * those of (-M^T 1) are orthogonal to it. W = (W_1 W_2) sticks out by (W_2 - W_1 M) (1 + M^T M)^(-1/2), in norm.
     *
     * @param slopes M, one row per pivot
     * @param scale the factor of 1 + M^T M
     */
    record OfColumns(int[] pivots, int[] others, Matrix slopes, PivotedCholesky scale) implements RowSpan {
        static OfColumns of(PivotedCholesky factor, int columns) {
            int[] pivots = factor.pivots();
            boolean[] chosen = new boolean[columns];
            for (int pivot : pivots) {
                chosen[pivot] = true;
            }
            int[] others = IntStream.range(0, columns).filter(i -> !chosen[i]).toArray();
            double[][] slopes = new double[pivots.length][];
            for (int k = 0; k < pivots.length; k++) {
                slopes[k] = selected(factor.rows()[k], others);
            }
            factor.solveUpper(slopes);
            Matrix matrix = Products.stacked(slopes, others.length);
            Matrix scale = Products.gram(matrix);
            for (int i = 0; i < others.length; i++) {
                scale.values()[i * others.length + i] += 1;
            }
            return new OfColumns(pivots, others, matrix, PivotedCholesky.of(scale, 0));
        }

        @Override
        public int rank() {
            return pivots.length;
        }

        @Override
        public double outside(Matrix other) {
            Matrix expected = Products.times(selected(other, pivots), slopes);
            Matrix out = Products.transposed(Products.combination(1, selected(other, others), -1, expected));
            double[][] scaled = IntStream.of(scale.pivots()).mapToObj(out::row).toArray(double[][]::new);
            scale.solveLower(scaled);
            return Products.norm(Products.stacked(scaled, other.rows()));
        }
    }

    private static double[] selected(double[] values, int[] indices) {
        return IntStream.of(indices).mapToDouble(i -> values[i]).toArray();
    }

    private static Matrix selected(Matrix matrix, int[] columns) {
        double[][] rows = Products.rows(matrix);
        for (int row = 0; row < rows.length; row++) {
            rows[row] = selected(rows[row], columns);
        }
        return Products.stacked(rows, columns.length);
    }
}
