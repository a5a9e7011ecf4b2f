package io.orrery.lab.math;

import java.util.ArrayList;
import java.util.List;

/**
 * An orthonormal basis of the rows of a matrix up to a tolerance, and how far other rows stick out of it.
 *
 * @param basis [rank, columns], orthonormal rows
 */
public record RowSpan(Matrix basis) {
    /**
     * The span of the rows, by pivoted Gram-Schmidt with reorthogonalization. A matrix with more rows than columns is first
     * replaced by the pivoted Cholesky factor of its Gram matrix, which has the same span in at most {@code columns} rows;
     * directions below 1e-7 of the largest are then lost.
     *
     * @param tolerance a row counts as new while its part outside the span exceeds this share of the largest row
     */
    public static RowSpan of(Matrix matrix, double tolerance) {
        return matrix.rows() > matrix.columns()
                ? ofGram(Products.gram(matrix), tolerance)
                : new RowSpan(orthonormal(matrix, tolerance));
    }

    /** The span of the rows of a matrix whose Gram matrix (inner products of columns) is given. */
    public static RowSpan ofGram(Matrix gram, double tolerance) {
        Matrix rows = cholesky(gram, tolerance);
        return new RowSpan(rows.rows() == rows.columns() ? identity(rows.rows()) : orthonormal(rows, tolerance));
    }

    /** Dimension of the span. */
    public int rank() {
        return basis.rows();
    }

    /** Frobenius norm of what is left of a matrix's rows after projection on the span. */
    public double outside(Matrix matrix) {
        if (rank() == basis.columns()) {
            return 0;
        }
        if (rank() == 0) {
            return Products.norm(matrix);
        }
        Matrix inside = Products.times(Products.timesTransposed(matrix, basis), basis);
        return Products.norm(Products.combination(1, matrix, -1, inside));
    }

    /** Rows of L transposed, where the Gram matrix is L L^T up to the squared tolerance. */
    private static Matrix cholesky(Matrix gram, double tolerance) {
        int size = gram.rows();
        double[] left = new double[size];
        for (int i = 0; i < size; i++) {
            left[i] = gram.at(i, i);
        }
        double limit = tolerance * tolerance * maximum(left);
        List<double[]> factors = new ArrayList<>();
        while (factors.size() < size) {
            int pivot = 0;
            for (int i = 1; i < size; i++) {
                pivot = left[i] > left[pivot] ? i : pivot;
            }
            if (!(left[pivot] > limit)) {
                break;
            }
            double[] next = gram.row(pivot);
            double[] shares = new double[factors.size()];
            for (int j = 0; j < shares.length; j++) {
                shares[j] = -factors.get(j)[pivot];
            }
            Products.accumulate(next, 0, shares, 0, 1, factors.toArray(double[][]::new));
            double root = Math.sqrt(left[pivot]);
            for (int i = 0; i < size; i++) {
                next[i] /= root;
                left[i] -= next[i] * next[i];
            }
            left[pivot] = 0;
            factors.add(next);
        }
        return stacked(factors, size);
    }

    private static Matrix orthonormal(Matrix matrix, double tolerance) {
        double[][] rows = Products.rows(matrix);
        int width = matrix.columns();
        double[] left = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            left[i] = Products.dot(rows[i], 0, rows[i], 0, width);
        }
        double limit = tolerance * tolerance * maximum(left);
        List<double[]> basis = new ArrayList<>();
        while (basis.size() < Math.min(rows.length, width)) {
            int pivot = 0;
            for (int i = 1; i < rows.length; i++) {
                pivot = left[i] > left[pivot] ? i : pivot;
            }
            if (!(left[pivot] > limit)) {
                break;
            }
            double[] next = rows[pivot].clone();
            double[][] sofar = basis.toArray(double[][]::new);
            for (int pass = 0; pass < 2; pass++) {
                double[] shares = new double[sofar.length];
                for (int j = 0; j < shares.length; j++) {
                    shares[j] = -Products.dot(next, 0, sofar[j], 0, width);
                }
                Products.accumulate(next, 0, shares, 0, 1, sofar);
            }
            double square = Products.dot(next, 0, next, 0, width);
            left[pivot] = 0;
            if (!(square > limit)) {
                continue;
            }
            double length = Math.sqrt(square);
            for (int i = 0; i < width; i++) {
                next[i] /= length;
            }
            basis.add(next);
            for (int i = 0; i < rows.length; i++) {
                if (left[i] > limit) {
                    double share = Products.dot(rows[i], 0, next, 0, width);
                    left[i] -= share * share;
                }
            }
        }
        return stacked(basis, width);
    }

    private static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }

    private static double maximum(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static Matrix stacked(List<double[]> rows, int columns) {
        double[] values = new double[rows.size() * columns];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, values, row * columns, columns);
        }
        return new Matrix(rows.size(), columns, values);
    }
}
