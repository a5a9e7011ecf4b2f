package io.orrery.lab.math;

import java.util.Arrays;

/**
 * The linear assignment problem: which column each row of a square matrix takes, every column once, so that the sum of what they
 * meet is largest. Exact, by shortest augmenting paths with dual variables (Kuhn 1955, Munkres 1957; in the form of Jonker and
 * Volgenant 1987), in at most n^3 steps.
 */
public final class Assignment {
    private final Matrix gains;
    private final int size;
    /** Dual variables; index 0 stands for no row and no column. */
    private final double[] ofRow;

    private final double[] ofColumn;
    /** The row, counted from 1, that has a column; 0 for none. */
    private final int[] rowOf;

    private Assignment(Matrix gains) {
        this.gains = gains;
        this.size = gains.rows();
        this.ofRow = new double[size + 1];
        this.ofColumn = new double[size + 1];
        this.rowOf = new int[size + 1];
    }

    /**
     * The column of each row. Where several assignments have the largest sum it is one of them, the same on every machine.
     *
     * @throws IllegalArgumentException if the matrix is not square, or holds what is not finite
     */
    public static int[] largest(Matrix gains) {
        if (gains.rows() != gains.columns()) {
            throw new IllegalArgumentException(
                    "expected a square matrix, found " + gains.rows() + " x " + gains.columns());
        }
        if (!Arrays.stream(gains.values()).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("expected finite gains");
        }
        Assignment assignment = new Assignment(gains);
        for (int row = 1; row <= assignment.size; row++) {
            assignment.place(row);
        }
        int[] columns = new int[assignment.size];
        for (int column = 1; column <= assignment.size; column++) {
            columns[assignment.rowOf[column] - 1] = column - 1;
        }
        return columns;
    }

    /** The sum of what an assignment meets. */
    public static double sum(Matrix gains, int[] columns) {
        double sum = 0;
        for (int row = 0; row < columns.length; row++) {
            sum += gains.at(row, columns[row]);
        }
        return sum;
    }

    /** Gives a row a column, moving others along the shortest path to a free one. */
    private void place(int row) {
        double[] distance = new double[size + 1];
        int[] before = new int[size + 1];
        boolean[] reached = new boolean[size + 1];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        rowOf[0] = row;
        int column = 0;
        do {
            reached[column] = true;
            int from = rowOf[column];
            double step = Double.POSITIVE_INFINITY;
            int nearest = 0;
            for (int to = 1; to <= size; to++) {
                if (!reached[to]) {
                    double reduced = -gains.at(from - 1, to - 1) - ofRow[from] - ofColumn[to];
                    if (reduced < distance[to]) {
                        distance[to] = reduced;
                        before[to] = column;
                    }
                    if (distance[to] < step) {
                        step = distance[to];
                        nearest = to;
                    }
                }
            }
            for (int at = 0; at <= size; at++) {
                if (reached[at]) {
                    ofRow[rowOf[at]] += step;
                    ofColumn[at] -= step;
                } else {
                    distance[at] -= step;
                }
            }
            column = nearest;
        } while (rowOf[column] != 0);
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }
}
