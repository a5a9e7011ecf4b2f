package io.orrery.lab.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues of a symmetric matrix, largest first, by Householder tridiagonalization and implicit QL or QR (with vectors
 * EJML's; one thread).
 *
 * @param values eigenvalues in descending order
 * @param vectors one orthonormal eigenvector per row, in the order of the values
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
    /** Values only, several times as fast. NaN or infinity in the matrix gives NaN. */
    public static double[] valuesOf(Matrix symmetric) {
        int size = requireSquare(symmetric);
        if (!Finite.all(symmetric)) {
            return Finite.nan(size);
        }
        // A power of two keeps squares of elements within range and changes no digit.
        int scale = Math.clamp(Math.getExponent(largest(symmetric)), -1000, 1000);
        double[] scaled = new double[size * size];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(symmetric.values()[i], -scale);
        }
        double[] ascending = Tridiagonal.of(new Matrix(size, size, scaled)).eigenvalues();
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = Math.scalb(ascending[size - 1 - i], scale);
        }
        return values;
    }

    /** Values and vectors. NaN or infinity in the matrix gives NaN values and vectors. */
    public static SymmetricEigen of(Matrix symmetric) {
        int size = requireSquare(symmetric);
        if (!Finite.all(symmetric)) {
            return new SymmetricEigen(Finite.nan(size), new Matrix(size, size, Finite.nan(size * size)));
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(size, true, true);
        if (!decomposition.decompose(
                new DMatrixRMaj(size, size, true, symmetric.values().clone()))) {
            // Seen on Gram matrices of a few large and many vanishing directions; Jacobi's rotations always end.
            return JacobiEigen.of(symmetric);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(
                        (Integer i) -> decomposition.getEigenvalue(i).getReal())
                .reversed());
        double[] values = new double[size];
        double[] vectors = new double[size * size];
        for (int i = 0; i < size; i++) {
            values[i] = decomposition.getEigenvalue(order.get(i)).getReal();
            System.arraycopy(decomposition.getEigenVector(order.get(i)).getData(), 0, vectors, i * size, size);
        }
        return new SymmetricEigen(values, new Matrix(size, size, vectors));
    }

    private static double largest(Matrix matrix) {
        double largest = 0;
        for (double value : matrix.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static int requireSquare(Matrix symmetric) {
        if (symmetric.rows() != symmetric.columns()) {
            throw new IllegalArgumentException(
                    "a symmetric matrix is square, found " + symmetric.rows() + " x " + symmetric.columns());
        }
        return symmetric.rows();
    }
}
