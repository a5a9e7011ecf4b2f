package io.orrery.lab.math;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Singular value decomposition A = U diag(values) V^T (Golub and Reinsch; EJML, one thread).
 *
 * @param values min(rows, columns) singular values in descending order
 * @param left one left singular vector per row, in the order of the values
 * @param right one right singular vector per row, in the order of the values
 */
public record Svd(double[] values, Matrix left, Matrix right) {
    /** Values and vectors. NaN or infinity in the matrix gives NaN. */
    public static Svd of(Matrix matrix) {
        int count = Math.min(matrix.rows(), matrix.columns());
        if (!Finite.all(matrix)) {
            return new Svd(
                    Finite.nan(count),
                    new Matrix(count, matrix.rows(), Finite.nan(count * matrix.rows())),
                    new Matrix(count, matrix.columns(), Finite.nan(count * matrix.columns())));
        }
        SingularValueDecomposition_F64<DMatrixRMaj> decomposition = decompose(matrix, true);
        double[] unordered = decomposition.getSingularValues();
        int[] order = descending(unordered, count);
        return new Svd(
                IntStream.of(order).mapToDouble(i -> unordered[i]).toArray(),
                selected(decomposition.getU(null, true), order),
                selected(decomposition.getV(null, true), order));
    }

    /**
     * Singular values to full precision, in descending order. For spectra that are only compared with a tolerance well above
     * 1e-7 of the largest value, {@link Spectrum} is several times as fast.
     */
    public static double[] valuesOf(Matrix matrix) {
        int count = Math.min(matrix.rows(), matrix.columns());
        if (!Finite.all(matrix)) {
            return Finite.nan(count);
        }
        double[] values = decompose(matrix, false).getSingularValues();
        return IntStream.of(descending(values, count))
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static SingularValueDecomposition_F64<DMatrixRMaj> decompose(Matrix matrix, boolean vectors) {
        SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.svd(matrix.rows(), matrix.columns(), vectors, vectors, true);
        if (!decomposition.decompose(new DMatrixRMaj(
                matrix.rows(), matrix.columns(), true, matrix.values().clone()))) {
            throw new ArithmeticException(
                    "singular values of a " + matrix.rows() + " x " + matrix.columns() + " matrix did not converge");
        }
        return decomposition;
    }

    private static int[] descending(double[] values, int count) {
        return IntStream.range(0, count)
                .boxed()
                .sorted((i, j) -> Double.compare(values[j], values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Matrix selected(DMatrixRMaj transposed, int[] order) {
        double[] result = new double[order.length * transposed.getNumCols()];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(
                    transposed.getData(),
                    order[i] * transposed.getNumCols(),
                    result,
                    i * transposed.getNumCols(),
                    transposed.getNumCols());
        }
        return new Matrix(order.length, transposed.getNumCols(), result);
    }
}
