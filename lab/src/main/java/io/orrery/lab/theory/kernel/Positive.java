package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;

/**
 * A symmetric positive definite matrix with what densities of normal distributions need of it.
 *
 * @param factor its Cholesky factor
 */
record Positive(Cholesky factor) {
    static Positive of(Matrix symmetric) {
        return new Positive(Cholesky.of(symmetric));
    }

    /** The same with a number added to the diagonal. */
    static Positive raised(Matrix symmetric, double ridge) {
        double[] values = symmetric.values().clone();
        for (int i = 0; i < symmetric.rows(); i++) {
            values[i * symmetric.rows() + i] += ridge;
        }
        return of(new Matrix(symmetric.rows(), symmetric.columns(), values));
    }

    static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < factor.lower().rows(); i++) {
            sum += StrictMath.log(factor.lower().at(i, i));
        }
        return 2 * sum;
    }

    Matrix inverse() {
        return factor.solve(identity(factor.lower().rows()));
    }
}
