package io.orrery.lab.math;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Eigenvalues of a symmetric matrix by cyclic Jacobi rotations (Jacobi 1846; Golub and Van Loan, Matrix Computations,
 * section 8.5): several times slower than implicit QR, but it converges for every matrix. {@link SymmetricEigen} falls back
 * on it.
 */
final class JacobiEigen {
    private static final int MOST_SWEEPS = 60;
    private static final double ENOUGH = 1e-15;

    private JacobiEigen() {}

    /** Values in descending order and vectors by row. */
    static SymmetricEigen of(Matrix symmetric) {
        int size = symmetric.rows();
        double[][] matrix = new double[size][];
        double[][] vectors = new double[size][size];
        double norm = 0;
        for (int i = 0; i < size; i++) {
            matrix[i] = symmetric.row(i);
            for (double value : matrix[i]) {
                norm = Math.max(norm, Math.abs(value));
            }
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            boolean rotated = false;
            for (int p = 0; p < size - 1; p++) {
                for (int q = p + 1; q < size; q++) {
                    if (Math.abs(matrix[p][q]) > ENOUGH * norm) {
                        rotate(matrix, vectors, p, q);
                        rotated = true;
                    }
                }
            }
            if (!rotated) {
                break;
            }
        }
        List<Integer> order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> matrix[i][i]).reversed())
                .toList();
        double[] values = order.stream().mapToDouble(i -> matrix[i][i]).toArray();
        double[] rows = new double[size * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(vectors[order.get(i)], 0, rows, i * size, size);
        }
        return new SymmetricEigen(values, new Matrix(size, size, rows));
    }

    /** The rotation in the plane (p, q) that makes element (p, q) vanish; rows of {@code vectors} turn along. */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        for (double[] row : matrix) {
            double atP = row[p];
            row[p] = cosine * atP - sine * row[q];
            row[q] = sine * atP + cosine * row[q];
        }
        turn(matrix[p], matrix[q], cosine, sine);
        turn(vectors[p], vectors[q], cosine, sine);
    }

    private static void turn(double[] p, double[] q, double cosine, double sine) {
        for (int i = 0; i < p.length; i++) {
            double atP = p[i];
            p[i] = cosine * atP - sine * q[i];
            q[i] = sine * atP + cosine * q[i];
        }
    }
}
