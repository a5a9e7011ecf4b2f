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

    /** X with A_pp X = right, where A_pp are the rows and columns of the pivots; changes the rows of {@code right} into it. */
    void solve(double[][] right) {
        solveLower(right);
        solveUpper(right);
    }

    /** X with L X = right, L L^T = A_pp; changes the rows of {@code right} into it. */
    void solveLower(double[][] right) {
        double[] coefficients = new double[rank()];
        for (int i = 0; i < rank(); i++) {
            for (int k = 0; k < i; k++) {
                coefficients[k] = -rows[k][pivots[i]];
            }
            Products.accumulate(right[i], 0, coefficients, 0, 1, right, i);
            divide(right[i], rows[i][pivots[i]]);
        }
    }

    /** X with L^T X = right, L L^T = A_pp; changes the rows of {@code right} into it. */
    void solveUpper(double[][] right) {
        double[] coefficients = new double[rank()];
        for (int i = rank() - 1; i >= 0; i--) {
            int later = rank() - i - 1;
            for (int k = 0; k < later; k++) {
                coefficients[k] = -rows[i][pivots[i + 1 + k]];
            }
            Products.accumulate(right[i], 0, coefficients, 0, 1, Arrays.copyOfRange(right, i + 1, rank()), later);
            divide(right[i], rows[i][pivots[i]]);
        }
    }

    private static void divide(double[] values, double divisor) {
        for (int j = 0; j < values.length; j++) {
            values[j] /= divisor;
        }
    }
}
