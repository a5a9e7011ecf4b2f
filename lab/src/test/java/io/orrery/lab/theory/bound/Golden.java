package io.orrery.lab.theory.bound;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import java.util.List;

/** The golden network of the core theory, section 10, and random ones. */
final class Golden {
    static final Matrix A1 = matrix(3, 1, 2, 0, 1, 1, 0);
    static final Matrix A2 = matrix(2, 1, 0, 1, 0, 1, 0);
    static final Matrix X = matrix(4, 1, 0, 0, 1, 0.6, 0.8, 1, 1);

    private Golden() {}

    static BoundInput input() {
        return input(A1, A2);
    }

    /** A single output (no multiclass factor) on X. */
    static BoundInput input(Matrix first, Matrix second) {
        return new BoundInput(List.of(BoundLayer.dense(first), BoundLayer.dense(second)), InputNorms.of(X, 1), 1);
    }

    static Matrix matrix(int rows, double... values) {
        return new Matrix(rows, values.length / rows, values);
    }

    static Matrix random(long seed, int rows, int columns) {
        return new Matrix(rows, columns, RandomStream.of(seed, "matrix").normals(0, rows * columns));
    }

    static Matrix times(double factor, Matrix matrix) {
        double[] values = matrix.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return new Matrix(matrix.rows(), matrix.columns(), values);
    }
}
