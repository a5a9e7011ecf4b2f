package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Register tiles of a product one vector wide; otherwise as {@link FloatWideTiles}, their continuing twins included. */
final class FloatNarrowTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatNarrowTiles() {}

    /** Twelve rows by one vector. */
    static void twelveByOne(
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
            int resultStride) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        FloatVector c4 = FloatVector.zero(SPECIES);
        FloatVector c5 = FloatVector.zero(SPECIES);
        FloatVector c6 = FloatVector.zero(SPECIES);
        FloatVector c7 = FloatVector.zero(SPECIES);
        FloatVector c8 = FloatVector.zero(SPECIES);
        FloatVector c9 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b = FloatVector.fromArray(SPECIES, right, row);
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
            a = FloatVector.broadcast(SPECIES, left[at + 6 * rowStride]);
            c6 = a.fma(b, c6);
            a = FloatVector.broadcast(SPECIES, left[at + 7 * rowStride]);
            c7 = a.fma(b, c7);
            a = FloatVector.broadcast(SPECIES, left[at + 8 * rowStride]);
            c8 = a.fma(b, c8);
            a = FloatVector.broadcast(SPECIES, left[at + 9 * rowStride]);
            c9 = a.fma(b, c9);
            a = FloatVector.broadcast(SPECIES, left[at + 10 * rowStride]);
            c10 = a.fma(b, c10);
            a = FloatVector.broadcast(SPECIES, left[at + 11 * rowStride]);
            c11 = a.fma(b, c11);
            at += termStride;
            row += rightStride;
        }
        c0.intoArray(result, resultAt);
        c1.intoArray(result, resultAt + resultStride);
        c2.intoArray(result, resultAt + 2 * resultStride);
        c3.intoArray(result, resultAt + 3 * resultStride);
        c4.intoArray(result, resultAt + 4 * resultStride);
        c5.intoArray(result, resultAt + 5 * resultStride);
        c6.intoArray(result, resultAt + 6 * resultStride);
        c7.intoArray(result, resultAt + 7 * resultStride);
        c8.intoArray(result, resultAt + 8 * resultStride);
        c9.intoArray(result, resultAt + 9 * resultStride);
        c10.intoArray(result, resultAt + 10 * resultStride);
        c11.intoArray(result, resultAt + 11 * resultStride);
    }

    /** Four rows by one vector. */
    static void fourByOne(
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
            int resultStride) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b = FloatVector.fromArray(SPECIES, right, row);
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
        c0.intoArray(result, resultAt);
        c1.intoArray(result, resultAt + resultStride);
        c2.intoArray(result, resultAt + 2 * resultStride);
        c3.intoArray(result, resultAt + 3 * resultStride);
    }
}
