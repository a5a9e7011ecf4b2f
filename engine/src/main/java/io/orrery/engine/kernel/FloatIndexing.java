package io.orrery.engine.kernel;

import java.util.Arrays;

/**
 * Taking from and adding to integer positions. Work is divided by output; additions to one element happen in the order
 * of the positions. A position out of range throws {@link IndexOutOfBoundsException}.
 */
public final class FloatIndexing {
    private FloatIndexing() {}

    /** Row i of to is row positions[i] of table [rows, width]. */
    public static void takeRows(
            int rows,
            int width,
            float[] table,
            int tableOffset,
            int[] positions,
            int positionsOffset,
            int count,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int end = Part.start(count, part + 1, parts);
        for (int i = Part.start(count, part, parts); i < end; i++) {
            int row = Positions.check(positions[positionsOffset + i], rows, "take-rows");
            System.arraycopy(table, tableOffset + row * width, to, toOffset + i * width, width);
        }
    }

    /** Zeros [rows, width], then row i of values is added to row positions[i]. Divided by columns. */
    public static void addRows(
            int rows,
            int width,
            float[] values,
            int valuesOffset,
            int[] positions,
            int positionsOffset,
            int count,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int first = Part.start(width, part, parts);
        int end = Part.start(width, part + 1, parts);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(to, toOffset + row * width + first, toOffset + row * width + end, 0);
        }
        for (int i = 0; i < count; i++) {
            int row = Positions.check(positions[positionsOffset + i], rows, "add-rows");
            int source = valuesOffset + i * width;
            int target = toOffset + row * width;
            for (int j = first; j < end; j++) {
                to[target + j] += values[source + j];
            }
        }
    }

    /** to[o, i, n] = values[o, positions[o, i, n], n] for values [outer, size, inner], to [outer, count, inner]. */
    public static void takeAlong(
            int outer,
            int size,
            int count,
            int inner,
            float[] values,
            int valuesOffset,
            int[] positions,
            int positionsOffset,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int end = Part.start(outer * count, part + 1, parts);
        for (int line = Part.start(outer * count, part, parts); line < end; line++) {
            int source = valuesOffset + line / count * size * inner;
            int start = line * inner;
            for (int n = 0; n < inner; n++) {
                int position = Positions.check(positions[positionsOffset + start + n], size, "take-along");
                to[toOffset + start + n] = values[source + position * inner + n];
            }
        }
    }

    /** Zeros [outer, size, inner], then values [outer, count, inner] are added at their positions along the middle. */
    public static void addAlong(
            int outer,
            int size,
            int count,
            int inner,
            float[] values,
            int valuesOffset,
            int[] positions,
            int positionsOffset,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int first = Part.start(outer, part, parts);
        int end = Part.start(outer, part + 1, parts);
        Arrays.fill(to, toOffset + first * size * inner, toOffset + end * size * inner, 0);
        for (int line = first * count; line < end * count; line++) {
            int target = toOffset + line / count * size * inner;
            int start = line * inner;
            for (int n = 0; n < inner; n++) {
                int position = Positions.check(positions[positionsOffset + start + n], size, "add-along");
                to[target + position * inner + n] += values[valuesOffset + start + n];
            }
        }
    }

    /** Row i of to is zeros with 1 at positions[i]. */
    public static void oneHot(
            int classes,
            int[] positions,
            int positionsOffset,
            int count,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int first = Part.start(count, part, parts);
        int end = Part.start(count, part + 1, parts);
        Arrays.fill(to, toOffset + first * classes, toOffset + end * classes, 0);
        for (int i = first; i < end; i++) {
            to[toOffset + i * classes + Positions.check(positions[positionsOffset + i], classes, "one-hot")] = 1;
        }
    }

    /** to[i] = 1 where two integers agree, else 0. */
    public static void same(
            int[] left, int leftOffset, int[] right, int rightOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = left[leftOffset + i] == right[rightOffset + i] ? 1 : 0;
        }
    }
}
