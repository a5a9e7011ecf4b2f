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
        int first = Part.start(outer * count, part, parts);
        int end = Part.start(outer * count, part + 1, parts);
        for (int line = first; line < end; line = (line / count + 1) * count) {
            int lines = Math.min(end, (line / count + 1) * count) - line;
            int source = valuesOffset + line / count * size * inner;
            int start = line * inner;
            if (inner == 1) {
                takeLine(size, lines, values, source, positions, positionsOffset + start, to, toOffset + start);
            } else {
                takeLines(size, lines, inner, values, source, positions, positionsOffset + start, to, toOffset + start);
            }
        }
    }

    private static void takeLine(
            int size, int count, float[] values, int source, int[] positions, int positionsAt, float[] to, int toAt) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = values[source + Positions.check(positions[positionsAt + i], size, "take-along")];
        }
    }

    private static void takeLines(
            int size,
            int count,
            int inner,
            float[] values,
            int source,
            int[] positions,
            int positionsAt,
            float[] to,
            int toAt) {
        for (int line = 0; line < count * inner; line += inner) {
            for (int n = 0; n < inner; n++) {
                int position = Positions.check(positions[positionsAt + line + n], size, "take-along");
                to[toAt + line + n] = values[source + position * inner + n];
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
        for (int o = first; o < end; o++) {
            int target = toOffset + o * size * inner;
            int start = o * count * inner;
            Arrays.fill(to, target, target + size * inner, 0);
            if (inner == 1) {
                addLine(size, count, values, valuesOffset + start, positions, positionsOffset + start, to, target);
            } else {
                addLines(
                        size,
                        count,
                        inner,
                        values,
                        valuesOffset + start,
                        positions,
                        positionsOffset + start,
                        to,
                        target);
            }
        }
    }

    private static void addLine(
            int size,
            int count,
            float[] values,
            int valuesAt,
            int[] positions,
            int positionsAt,
            float[] to,
            int target) {
        for (int i = 0; i < count; i++) {
            to[target + Positions.check(positions[positionsAt + i], size, "add-along")] += values[valuesAt + i];
        }
    }

    private static void addLines(
            int size,
            int count,
            int inner,
            float[] values,
            int valuesAt,
            int[] positions,
            int positionsAt,
            float[] to,
            int target) {
        for (int line = 0; line < count * inner; line += inner) {
            for (int n = 0; n < inner; n++) {
                int position = Positions.check(positions[positionsAt + line + n], size, "add-along");
                to[target + position * inner + n] += values[valuesAt + line + n];
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
