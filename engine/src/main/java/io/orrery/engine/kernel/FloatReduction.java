package io.orrery.engine.kernel;

/**
 * Reductions of an array seen as [outer, count, inner] over its middle axis, giving [outer, inner]. Parts divide the
 * output, never a sum.
 */
public final class FloatReduction {
    private FloatReduction() {}

    /**
     * Sums over the middle axis. With inner &gt; 1 each output starts at -0 and adds its elements in ascending order; with
     * inner = 1 the order is that of {@link SumTree}.
     */
    public static void sum(
            int outer, int count, int inner, float[] a, int aOffset, float[] out, int outOffset, int part, int parts) {
        if (VectorWidth.BITS == 0) {
            FloatScalarReduction.sum(outer, count, inner, a, aOffset, out, outOffset, part, parts);
            return;
        }
        int from = Part.start(outer * inner, part, parts);
        int to = Part.start(outer * inner, part + 1, parts);
        if (inner == 1) {
            FloatRowSums.rows(from, to, count, a, aOffset, out, outOffset);
            return;
        }
        for (int i = from; i < to; ) {
            int matrix = i / inner;
            int first = i - matrix * inner;
            int last = Math.min(inner, first + to - i);
            FloatColumnSums.columns(
                    count, inner, first, last, a, aOffset + matrix * inner * count, out, outOffset + matrix * inner);
            i += last - first;
        }
    }

    /** The index along the middle axis of the largest element, the lowest where several are equal; NaN is the largest. */
    public static void argMax(
            int outer, int count, int inner, float[] a, int aOffset, int[] out, int outOffset, int part, int parts) {
        int end = Part.start(outer * inner, part + 1, parts);
        for (int i = Part.start(outer * inner, part, parts); i < end; i++) {
            out[outOffset + i] = argMax(a, aOffset + i / inner * inner * count + i % inner, count, inner);
        }
    }

    private static int argMax(float[] a, int start, int count, int stride) {
        int best = 0;
        float largest = a[start];
        for (int k = 1, i = start + stride; k < count; k++, i += stride) {
            if (a[i] > largest || (Float.isNaN(a[i]) && !Float.isNaN(largest))) {
                best = k;
                largest = a[i];
            }
        }
        return best;
    }
}
