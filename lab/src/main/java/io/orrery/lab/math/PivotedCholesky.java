package io.orrery.lab.math;

import java.util.Arrays;

/**
 * The Cholesky factorization of a positive semidefinite matrix with diagonal pivoting (Golub and Van Loan, Matrix
 * Computations, section 4.2.8), ended where what is left is negligible: A is sum over k of rows[k]^T rows[k], and rows[k] is 0
 * at the pivots before the k-th.
 *
 * @param pivots the chosen indices in order, as many as the rank
 * @param rows one factor of n numbers per pivot
 */
record PivotedCholesky(int[] pivots, double[][] rows) {
    /**
     * Factors a matrix until no diagonal element of what is left exceeds a share of the largest diagonal element.
     *
     * @param symmetric [n, n]
     */
    static PivotedCholesky of(Matrix symmetric, double share) {
        int size = symmetric.rows();
        double[] left = new double[size];
        double largest = 0;
        for (int i = 0; i < size; i++) {
            left[i] = symmetric.at(i, i);
            largest = Math.max(largest, left[i]);
        }
        int[] pivots = new int[size];
        double[][] rows = new double[size][];
        double[] coefficients = new double[size];
        int rank = 0;
        while (rank < size) {
            int pivot = 0;
            for (int i = 1; i < size; i++) {
                pivot = left[i] > left[pivot] ? i : pivot;
            }
            if (!(left[pivot] > share * largest)) {
                break;
            }
            double[] next = symmetric.row(pivot);
            for (int k = 0; k < rank; k++) {
                coefficients[k] = -rows[k][pivot];
            }
            Products.accumulate(next, 0, coefficients, 0, 1, rows, rank);
            double root = Math.sqrt(left[pivot]);
            for (int i = 0; i < size; i++) {
                next[i] /= root;
                left[i] -= next[i] * next[i];
            }
            for (int k = 0; k < rank; k++) {
                next[pivots[k]] = 0;
            }
            next[pivot] = root;
            left[pivot] = 0;
            rows[rank] = next;
            pivots[rank++] = pivot;
        }
        return new PivotedCholesky(Arrays.copyOf(pivots, rank), Arrays.copyOf(rows, rank));
    }

    int rank() {
        return pivots.length;
    }
}
