package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a product's first {@code count} columns under a mask; otherwise as {@link FloatWideTiles}. They have at
 * most six rows: with more, HotSpot's first compiler gives up on the method ("out of virtual registers") and it can stay
 * slow, its vectors boxed, for good.
 */
final class FloatMaskedTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();

    private FloatMaskedTiles() {}

    /** Six rows by the first {@code count} lanes of one vector. */
    static void sixBySome(
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            int k,
            float[] result,
            int resultAt,
            int resultStride,
            int count) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, count);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        FloatVector c4 = FloatVector.zero(SPECIES);
        FloatVector c5 = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b = FloatVector.fromArray(SPECIES, right, row, mask);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0 = a.fma(b, c0);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1 = a.fma(b, c1);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2 = a.fma(b, c2);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3 = a.fma(b, c3);
            a = FloatVector.broadcast(SPECIES, left[at + 4 * rowStride]);
            c4 = a.fma(b, c4);
            a = FloatVector.broadcast(SPECIES, left[at + 5 * rowStride]);
            c5 = a.fma(b, c5);
            at += termStride;
            row += rightStride;
        }
        c0.intoArray(result, resultAt, mask);
        c1.intoArray(result, resultAt + resultStride, mask);
        c2.intoArray(result, resultAt + 2 * resultStride, mask);
        c3.intoArray(result, resultAt + 3 * resultStride, mask);
        c4.intoArray(result, resultAt + 4 * resultStride, mask);
        c5.intoArray(result, resultAt + 5 * resultStride, mask);
    }

    /** Four rows by the first {@code count} lanes of one vector. */
    static void fourBySome(
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            int k,
            float[] result,
            int resultAt,
            int resultStride,
            int count) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, count);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b = FloatVector.fromArray(SPECIES, right, row, mask);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0 = a.fma(b, c0);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1 = a.fma(b, c1);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2 = a.fma(b, c2);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3 = a.fma(b, c3);
            at += termStride;
            row += rightStride;
        }
        c0.intoArray(result, resultAt, mask);
        c1.intoArray(result, resultAt + resultStride, mask);
        c2.intoArray(result, resultAt + 2 * resultStride, mask);
        c3.intoArray(result, resultAt + 3 * resultStride, mask);
    }

    /** One row by the first {@code count} lanes of one vector. */
    static void oneBySome(
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            int rightStride,
            int k,
            float[] result,
            int resultAt,
            int resultStride,
            int count) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, count);
        FloatVector c0 = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b = FloatVector.fromArray(SPECIES, right, row, mask);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0 = a.fma(b, c0);
            at += termStride;
            row += rightStride;
        }
        c0.intoArray(result, resultAt, mask);
    }
}
