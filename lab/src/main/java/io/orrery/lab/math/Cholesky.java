package io.orrery.lab.math;

/**
 * The factorization A = L L^T of a symmetric positive definite matrix (Golub and Van Loan, Matrix Computations, algorithm
 * 4.2.2).
 *
 * @param lower L, [n, n], zeros above the diagonal
 */
public record Cholesky(Matrix lower) {
    /** The factor of a symmetric matrix, of which only the lower half is read. ArithmeticException if it is not positive definite. */
    public static Cholesky of(Matrix symmetric) {
        int size = symmetric.rows();
        if (symmetric.columns() != size) {
            throw new IllegalArgumentException(
                    "a symmetric matrix is square, found " + size + " x " + symmetric.columns());
        }
        double[] lower = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double left = symmetric.at(row, column) - Products.dot(lower, row * size, lower, column * size, column);
                if (column < row) {
                    lower[row * size + column] = left / lower[column * size + column];
                } else if (left > 0) {
                    lower[row * size + row] = Math.sqrt(left);
                } else {
                    throw new ArithmeticException("pivot " + row + " of a " + size + " x " + size + " matrix is " + left
                            + ", expected a positive number: the matrix is not positive definite");
                }
            }
        }
        return new Cholesky(new Matrix(size, size, lower));
    }

    /** X with A X = right; right and X are [n, m]. */
    public Matrix solve(Matrix right) {
        Matrix result = solveLower(right);
        int size = lower.rows();
        int width = right.columns();
        double[] values = result.values();
        for (int row = size - 1; row >= 0; row--) {
            for (int below = row + 1; below < size; below++) {
                subtract(values, row * width, values, below * width, lower.at(below, row), width);
            }
            divide(values, row * width, lower.at(row, row), width);
        }
        return result;
    }

    /** X with L X = right; right and X are [n, m]. */
    public Matrix solveLower(Matrix right) {
        int size = lower.rows();
        if (right.rows() != size) {
            throw new IllegalArgumentException(
                    "expected " + size + " rows on the right-hand side, found " + right.rows());
        }
        int width = right.columns();
        double[] values = right.values().clone();
        for (int row = 0; row < size; row++) {
            for (int above = 0; above < row; above++) {
                subtract(values, row * width, values, above * width, lower.at(row, above), width);
            }
            divide(values, row * width, lower.at(row, row), width);
        }
        return new Matrix(size, width, values);
    }

    private static void subtract(double[] from, int offset, double[] values, int other, double factor, int width) {
        for (int j = 0; j < width; j++) {
            from[offset + j] -= factor * values[other + j];
        }
    }

    private static void divide(double[] values, int offset, double divisor, int width) {
        for (int j = 0; j < width; j++) {
            values[offset + j] /= divisor;
        }
    }
}
