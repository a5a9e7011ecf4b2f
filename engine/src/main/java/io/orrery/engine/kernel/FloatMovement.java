package io.orrery.engine.kernel;

import java.util.Arrays;

/** Copies that change nothing but the place of numbers. Work is divided by output. */
public final class FloatMovement {
    private FloatMovement() {}

    /** out[i] = from[((start + i) / inner) % count]: a piece of a repeated array. */
    public static void expand(
            int inner, int count, int start, float[] from, int fromOffset, float[] out, int outOffset, int length) {
        if (count == 1) {
            Arrays.fill(out, outOffset, outOffset + length, from[fromOffset]);
        } else if (inner == 1) {
            expandRow(count, start % count, from, fromOffset, out, outOffset, length);
        } else {
            expandRuns(inner, count, start, from, fromOffset, out, outOffset, length);
        }
    }

    private static void expandRow(
            int count, int first, float[] from, int fromOffset, float[] out, int outOffset, int length) {
        int done = 0;
        int position = first;
        while (done < length) {
            int size = Math.min(count - position, length - done);
            System.arraycopy(from, fromOffset + position, out, outOffset + done, size);
            done += size;
            position = 0;
        }
    }

    private static void expandRuns(
            int inner, int count, int start, float[] from, int fromOffset, float[] out, int outOffset, int length) {
        int done = 0;
        int position = start / inner % count;
        int left = inner - start % inner;
        while (done < length) {
            int size = Math.min(left, length - done);
            Arrays.fill(out, outOffset + done, outOffset + done + size, from[fromOffset + position]);
            done += size;
            left = inner;
            position = position + 1 == count ? 0 : position + 1;
        }
    }

    /**
     * Copies a box: element (i, j, ..) lies at the sum of index times stride on either side. A stride of 0 in
     * fromStrides repeats.
     */
    public static void copy(
            int[] sizes,
            int[] fromStrides,
            int[] toStrides,
            float[] from,
            int fromOffset,
            float[] to,
            int toOffset,
            int part,
            int parts) {
        int last = sizes.length - 1;
        int size = sizes[last];
        if (last == 0) {
            int first = Part.start(size, part, parts);
            run(
                    Part.start(size, part + 1, parts) - first,
                    from,
                    fromOffset + first * fromStrides[0],
                    fromStrides[0],
                    to,
                    toOffset + first * toStrides[0],
                    toStrides[0]);
            return;
        }
        int runs = 1;
        for (int axis = 0; axis < last; axis++) {
            runs *= sizes[axis];
        }
        int end = Part.start(runs, part + 1, parts);
        for (int r = Part.start(runs, part, parts); r < end; r++) {
            int rest = r;
            int source = fromOffset;
            int target = toOffset;
            for (int axis = last - 1; axis >= 0; axis--) {
                int index = rest % sizes[axis];
                rest /= sizes[axis];
                source += index * fromStrides[axis];
                target += index * toStrides[axis];
            }
            run(size, from, source, fromStrides[last], to, target, toStrides[last]);
        }
    }

    private static void run(
            int size, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
        if (fromStride == 1 && toStride == 1) {
            System.arraycopy(from, fromOffset, to, toOffset, size);
        } else if (fromStride == 0 && toStride == 1) {
            Arrays.fill(to, toOffset, toOffset + size, from[fromOffset]);
        } else {
            for (int i = 0; i < size; i++) {
                to[toOffset + i * toStride] = from[fromOffset + i * fromStride];
            }
        }
    }

    /** to[i] = 0. */
    public static void clear(float[] to, int toOffset, int length, int part, int parts) {
        Arrays.fill(to, toOffset + Part.start(length, part, parts), toOffset + Part.start(length, part + 1, parts), 0);
    }
}
