package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Covers a product with register tiles: columns in panels of two vectors, rows in tiles of twelve, eight, four and one. */
final class FloatTiling {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    /** Columns of a panel. */
    static final int PANEL = 2 * LANES;

    /** Rows of the tallest tile. */
    static final int TALL = VectorWidth.BITS == 512 ? 12 : 6;

    private FloatTiling() {}

    /**
     * result(i, j) = sum over t of left(i, t) * right(t, j) for m rows and n columns; strides as in {@link FloatWideTiles}.
     * Where the columns do not divide into panels the last one starts further left and computes some elements again, which
     * gives the same bits.
     */
    static void multiply(
            int m,
            int n,
            int k,
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            float[] result,
            int resultAt,
            int resultStride) {
        int column = 0;
        for (; column + PANEL <= n; column += PANEL) {
            panel(
                    m,
                    k,
                    left,
                    leftAt,
                    rowStride,
                    termStride,
                    right,
                    rightAt + column,
                    rightStride,
                    result,
                    resultAt + column,
                    resultStride);
        }
        if (n - column > LANES && n >= PANEL) {
            column = n - PANEL;
            panel(
                    m,
                    k,
                    left,
                    leftAt,
                    rowStride,
                    termStride,
                    right,
                    rightAt + column,
                    rightStride,
                    result,
                    resultAt + column,
                    resultStride);
            return;
        }
        for (; column < n; column += LANES) {
            narrow(
                    m,
                    k,
                    left,
                    leftAt,
                    rowStride,
                    termStride,
                    right,
                    rightAt + column,
                    rightStride,
                    result,
                    resultAt + column,
                    resultStride,
                    Math.min(LANES, n - column));
        }
    }

    /** Copies the rows of one panel together. */
    static void pack(int rows, float[] from, int fromAt, int stride, float[] to, int toAt) {
        int at = fromAt;
        for (int row = 0; row < rows; row++) {
            FloatVector.fromArray(SPECIES, from, at).intoArray(to, toAt + row * PANEL);
            FloatVector.fromArray(SPECIES, from, at + LANES).intoArray(to, toAt + row * PANEL + LANES);
            at += stride;
        }
    }

    /** All rows of one panel. Three or fewer rows left over are computed with their upper neighbours again. */
    static void panel(
            int m,
            int k,
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            float[] result,
            int resultAt,
            int resultStride) {
        int row = 0;
        while (row < m) {
            int rest = m - row;
            int at = leftAt + row * rowStride;
            int to = resultAt + row * resultStride;
            if (rest >= TALL) {
                if (TALL == 12) {
                    FloatWideTiles.twelveByTwo(
                            left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
                } else {
                    FloatWideTiles.sixByTwo(
                            left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
                }
                row += TALL;
            } else if (TALL == 12 && rest >= 8) {
                FloatWideTiles.eightByTwo(
                        left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
                row += 8;
            } else if (m >= 4) {
                int back = Math.max(0, 4 - rest);
                FloatWideTiles.fourByTwo(
                        left,
                        at - back * rowStride,
                        rowStride,
                        termStride,
                        right,
                        rightAt,
                        rightStride,
                        k,
                        result,
                        to - back * resultStride,
                        resultStride);
                row += 4;
            } else {
                FloatWideTiles.oneByTwo(
                        left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
                row++;
            }
        }
    }

    private static void narrow(
            int m,
            int k,
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            float[] result,
            int resultAt,
            int resultStride,
            int count) {
        int row = 0;
        while (row < m) {
            int rest = m - row;
            int at = leftAt + row * rowStride;
            int to = resultAt + row * resultStride;
            int rows = narrowRows(m, rest, count);
            int back = Math.max(0, rows - rest);
            at -= back * rowStride;
            to -= back * resultStride;
            if (rows == 12) {
                FloatNarrowTiles.twelveByOne(
                        left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
            } else if (rows == 6) {
                FloatMaskedTiles.sixBySome(
                        left,
                        at,
                        rowStride,
                        termStride,
                        right,
                        rightAt,
                        rightStride,
                        k,
                        result,
                        to,
                        resultStride,
                        count);
            } else if (rows == 4 && count == LANES) {
                FloatNarrowTiles.fourByOne(
                        left, at, rowStride, termStride, right, rightAt, rightStride, k, result, to, resultStride);
            } else if (rows == 4) {
                FloatMaskedTiles.fourBySome(
                        left,
                        at,
                        rowStride,
                        termStride,
                        right,
                        rightAt,
                        rightStride,
                        k,
                        result,
                        to,
                        resultStride,
                        count);
            } else {
                FloatMaskedTiles.oneBySome(
                        left,
                        at,
                        rowStride,
                        termStride,
                        right,
                        rightAt,
                        rightStride,
                        k,
                        result,
                        to,
                        resultStride,
                        count);
            }
            row += rows;
        }
    }

    /** Rows of the next narrow tile; it may reach up into rows already done. */
    private static int narrowRows(int m, int rest, int count) {
        if (m < 4) {
            return 1;
        }
        if (count == LANES) {
            return rest >= 12 ? 12 : 4;
        }
        return rest >= 6 ? 6 : 4;
    }
}
