package io.orrery.lab.math;

/**
 * A dense matrix of doubles, row-major.
 *
 * @param values rows * columns numbers, taken over and not copied; not to be changed by readers
 */
public record Matrix(int rows, int columns, double[] values) {
    /** Refuses a wrong number of values. */
    public Matrix {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException("a " + rows + " x " + columns + " matrix needs " + rows * columns
                    + " values, found " + values.length);
        }
    }

    /** A matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    /** The element at a row and a column. */
    public double at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of a row. */
    public double[] row(int row) {
        return java.util.Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
}
