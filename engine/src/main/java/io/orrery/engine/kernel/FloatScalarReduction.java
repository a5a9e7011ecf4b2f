package io.orrery.engine.kernel;

/** {@link FloatReduction#sum} without vectors: the reference of its tests and what runs at vector width 0. Same bits. */
final class FloatScalarReduction {
    private FloatScalarReduction() {}

    static void sum(
            int outer, int count, int inner, float[] a, int aOffset, float[] out, int outOffset, int part, int parts) {
        int end = Part.start(outer * inner, part + 1, parts);
        for (int i = Part.start(outer * inner, part, parts); i < end; i++) {
            int start = aOffset + i / inner * inner * count + i % inner;
            out[outOffset + i] = inner == 1 ? SumTree.sum(a, start, count) : chain(a, start, count, inner);
        }
    }

    private static float chain(float[] a, int start, int count, int stride) {
        float sum = -0f;
        for (int k = 0, i = start; k < count; k++, i += stride) {
            sum += a[i];
        }
        return sum;
    }
}
