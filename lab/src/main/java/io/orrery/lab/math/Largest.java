package io.orrery.lab.math;

/** Where the largest of some numbers stands: what a classifier decides. */
public final class Largest {
    private Largest() {}

    /** Index, from 0, of the largest of {@code count} numbers from a place on; the lowest among equals. NaN is larger than nothing. */
    public static int of(double[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Index of the largest of all. */
    public static int of(double[] values) {
        return of(values, 0, values.length);
    }

    /** Column of the largest of a row. */
    public static int inRow(Matrix matrix, int row) {
        return of(matrix.values(), row * matrix.columns(), matrix.columns());
    }
}
