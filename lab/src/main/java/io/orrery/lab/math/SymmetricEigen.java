package io.orrery.lab.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues of a symmetric matrix, largest first, by Householder tridiagonalization and implicit QR (EJML, one thread).
 *
 * @param values eigenvalues in descending order
 * @param vectors one orthonormal eigenvector per row, in the order of the values; no rows if none were asked for
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
    /** Values and vectors. NaN or infinity in the matrix gives NaN values and vectors. */
    public static SymmetricEigen of(Matrix symmetric) {
        return compute(symmetric, true);
    }

    /** Values only, about twice as fast. */
    public static double[] valuesOf(Matrix symmetric) {
        return compute(symmetric, false).values();
    }

    private static SymmetricEigen compute(Matrix symmetric, boolean withVectors) {
        int size = symmetric.rows();
        if (size != symmetric.columns()) {
            throw new IllegalArgumentException(
                    "a symmetric matrix is square, found " + size + " x " + symmetric.columns());
        }
        int vectorRows = withVectors ? size : 0;
        if (!Finite.all(symmetric)) {
            return new SymmetricEigen(Finite.nan(size), new Matrix(vectorRows, size, Finite.nan(vectorRows * size)));
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(size, withVectors, true);
        if (!decomposition.decompose(
                new DMatrixRMaj(size, size, true, symmetric.values().clone()))) {
            // Seen on Gram matrices of a few large and many vanishing directions; Jacobi's rotations always end.
            return JacobiEigen.of(symmetric, withVectors);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(
                        (Integer i) -> decomposition.getEigenvalue(i).getReal())
                .reversed());
        double[] values = new double[size];
        double[] vectors = new double[vectorRows * size];
        for (int i = 0; i < size; i++) {
            values[i] = decomposition.getEigenvalue(order.get(i)).getReal();
            if (withVectors) {
                System.arraycopy(decomposition.getEigenVector(order.get(i)).getData(), 0, vectors, i * size, size);
            }
        }
        return new SymmetricEigen(values, new Matrix(vectorRows, size, vectors));
    }
}
