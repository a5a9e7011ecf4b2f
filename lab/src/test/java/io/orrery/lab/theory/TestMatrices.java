package io.orrery.lab.theory;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/** Seeded matrices for tests. */
public final class TestMatrices {
    private TestMatrices() {}

    /** Normal entries of the given deviation. */
    public static Matrix normal(int rows, int columns, double deviation, long seed) {
        double[] values = RandomStream.of(seed, "theory-test").normals(0, rows * columns);
        return scaled(deviation, new Matrix(rows, columns, values));
    }

    public static Matrix scaled(double factor, Matrix matrix) {
        return Products.combination(factor, matrix, 0, matrix);
    }

    public static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }

    /** G1 of the core theory: labels alternate +1, -1; noise N(0, 1/d) plus y sep / 2 along the first axis; unit rows. */
    public static Matrix twoClusters(int count, int width, double separation, long seed) {
        Matrix inputs = normal(count, width, 1 / Math.sqrt(width), seed);
        for (int n = 0; n < count; n++) {
            inputs.values()[n * width] += sign(n) * separation / 2;
            double norm = Math.sqrt(Products.dot(inputs.values(), n * width, inputs.values(), n * width, width));
            for (int j = 0; j < width; j++) {
                inputs.values()[n * width + j] /= norm;
            }
        }
        return inputs;
    }

    /** The label of row n of {@link #twoClusters}. */
    public static double sign(int row) {
        return row % 2 == 0 ? 1 : -1;
    }

    /** Solves a x = right by Gaussian elimination with pivoting: shares nothing with the library's factorizations. */
    public static Matrix solved(Matrix a, Matrix right) {
        int size = a.rows();
        int width = right.columns();
        double[][] rows = new double[size][size + width];
        for (int i = 0; i < size; i++) {
            System.arraycopy(a.values(), i * size, rows[i], 0, size);
            System.arraycopy(right.values(), i * width, rows[i], size, width);
        }
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k + 1; i < size; i++) {
                pivot = Math.abs(rows[i][k]) > Math.abs(rows[pivot][k]) ? i : pivot;
            }
            double[] swap = rows[k];
            rows[k] = rows[pivot];
            rows[pivot] = swap;
            for (int i = 0; i < size; i++) {
                double factor = i == k ? 0 : rows[i][k] / rows[k][k];
                for (int j = k; j < size + width; j++) {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }
        Matrix result = Matrix.zeros(size, width);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < width; j++) {
                result.values()[i * width + j] = rows[i][size + j] / rows[i][i];
            }
        }
        return result;
    }
}
