package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;

/** A covariance of the next layer's features that depends on the features of one layer through their Gram matrix alone. */
public enum GramKernel {
    /** The Gram matrix itself. */
    LINEAR,
    /** exp(-distance^2 / 2): with unit length, of the distance that the Gram matrix implies. */
    GAUSSIAN;

    /** The kernel of a symmetric Gram matrix, [n, n]. */
    public Matrix of(Matrix gram) {
        if (this == LINEAR) {
            return gram;
        }
        return between(gram, diagonal(gram), diagonal(gram));
    }

    /**
     * The kernel between two sets, [n, m].
     *
     * @param cross inner products between them, [n, m]
     * @param rows squared lengths of the first
     * @param columns squared lengths of the second
     */
    Matrix between(Matrix cross, double[] rows, double[] columns) {
        if (this == LINEAR) {
            return cross;
        }
        double[] kernel = new double[cross.values().length];
        for (int row = 0; row < cross.rows(); row++) {
            for (int column = 0; column < cross.columns(); column++) {
                kernel[row * cross.columns() + column] =
                        StrictMath.exp(cross.at(row, column) - (rows[row] + columns[column]) / 2);
            }
        }
        return new Matrix(cross.rows(), cross.columns(), kernel);
    }

    /** Squared lengths in the kernel's own feature space. */
    double[] lengths(double[] lengths) {
        if (this == LINEAR) {
            return lengths;
        }
        double[] ones = new double[lengths.length];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * The derivative by the Gram matrix of a number whose derivative by the kernel is known; both count each element by itself.
     *
     * @param kernel {@link #of} the Gram matrix
     * @param derivative by the kernel, symmetric
     */
    Matrix back(Matrix kernel, Matrix derivative) {
        if (this == LINEAR) {
            return derivative;
        }
        int size = kernel.rows();
        double[] result = new double[size * size];
        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int column = 0; column < size; column++) {
                double weighted = derivative.at(row, column) * kernel.at(row, column);
                result[row * size + column] = weighted;
                sum += weighted;
            }
            result[row * size + row] -= sum;
        }
        return new Matrix(size, size, result);
    }

    static double[] diagonal(Matrix square) {
        double[] diagonal = new double[square.rows()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = square.at(i, i);
        }
        return diagonal;
    }
}
