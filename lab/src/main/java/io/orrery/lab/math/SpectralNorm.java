package io.orrery.lab.math;

import java.util.Arrays;

/**
 * The largest singular value by Lanczos iteration on the Gram matrix with full reorthogonalization (Golub and Van Loan,
 * Matrix Computations, section 10.1), from a fixed start vector. A few dozen products with the matrix replace a whole
 * spectrum.
 */
public final class SpectralNorm {
    /** Up to this smaller dimension the eigenvalues of the Gram matrix are cheaper. */
    private static final int SMALL = 48;

    /** Relative accuracy of the squared norm at which the iteration ends. */
    private static final double TOLERANCE = 1e-9;

    private static final int LOOK_EVERY = 4;

    private SpectralNorm() {}

    /** The spectral norm, to about 1e-9 of itself. */
    public static double of(Matrix matrix) {
        if (!Finite.all(matrix)) {
            return Double.NaN;
        }
        if (Math.min(matrix.rows(), matrix.columns()) <= SMALL) {
            return Spectrum.of(matrix).largest();
        }
        return lanczos(
                new TallMatrix(matrix.rows() < matrix.columns() ? Products.transposed(matrix) : matrix), TOLERANCE);
    }

    /**
     * The spectral norm of a linear map.
     *
     * @param tolerance relative accuracy of its square; the norm is approached from below
     */
    public static double of(LinearMap map, double tolerance) {
        return lanczos(map.outputs() < map.inputs() ? map.transposed() : map, tolerance);
    }

    /** A matrix with its rows and columns at hand. */
    private static final class TallMatrix implements LinearMap {
        private final double[][] rows;
        private final double[][] columns;

        TallMatrix(Matrix matrix) {
            rows = Products.rows(matrix);
            columns = Products.rows(Products.transposed(matrix));
        }

        @Override
        public int inputs() {
            return columns.length;
        }

        @Override
        public int outputs() {
            return rows.length;
        }

        @Override
        public void apply(double[] input, double[] output) {
            Arrays.fill(output, 0);
            Products.accumulate(output, 0, input, 0, 1, columns);
        }

        @Override
        public void applyTransposed(double[] output, double[] input) {
            Arrays.fill(input, 0);
            Products.accumulate(input, 0, output, 0, 1, rows);
        }
    }

    private static double lanczos(LinearMap map, double tolerance) {
        int size = map.inputs();
        double[][] basis = new double[size + 1][];
        double[] diagonal = new double[size];
        double[] offDiagonal = new double[size];
        basis[0] = start(size);
        double[] image = new double[map.outputs()];
        for (int k = 0; k < size; k++) {
            map.apply(basis[k], image);
            double[] next = new double[size];
            map.applyTransposed(image, next);
            diagonal[k] = Products.dot(next, 0, basis[k], 0, size);
            for (int pass = 0; pass < 2; pass++) {
                for (int j = k; j >= 0; j--) {
                    double share = Products.dot(next, 0, basis[j], 0, size);
                    subtract(next, basis[j], share);
                }
            }
            double length = Math.sqrt(Products.dot(next, 0, next, 0, size));
            boolean last = k == size - 1 || length <= 1e-14 * Math.abs(diagonal[0]);
            if (last || k % LOOK_EVERY == LOOK_EVERY - 1) {
                SymmetricEigen ritz = SymmetricEigen.of(tridiagonal(diagonal, offDiagonal, k + 1));
                double value = ritz.values()[0];
                // The residual of the Ritz pair; the error of the value is of the order of its square.
                double residual = length * Math.abs(ritz.vectors().at(0, k));
                if (last || residual * residual <= tolerance * value * gap(ritz.values()) || value == 0) {
                    return Math.sqrt(Math.max(0, value));
                }
            }
            offDiagonal[k] = length;
            for (int i = 0; i < size; i++) {
                next[i] /= length;
            }
            basis[k + 1] = next;
        }
        throw new IllegalStateException("the last step always returns");
    }

    /** Distance of the largest value from the next, but never less than a thousandth of it: values that close are as good. */
    private static double gap(double[] values) {
        double next = values.length > 1 ? values[1] : 0;
        return Math.max(values[0] - next, 1e-3 * values[0]);
    }

    private static Matrix tridiagonal(double[] diagonal, double[] offDiagonal, int size) {
        Matrix matrix = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            matrix.values()[i * size + i] = diagonal[i];
            if (i + 1 < size) {
                matrix.values()[i * size + i + 1] = offDiagonal[i];
                matrix.values()[(i + 1) * size + i] = offDiagonal[i];
            }
        }
        return matrix;
    }

    private static void subtract(double[] from, double[] vector, double factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= vector[i] * factor;
        }
    }

    /** A unit vector without structure (SplitMix64), the same at every call. */
    private static double[] start(int size) {
        double[] vector = new double[size];
        long state = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            vector[i] = ((mixed ^ (mixed >>> 31)) >> 11) * 0x1p-52;
            sum += vector[i] * vector[i];
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < size; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
