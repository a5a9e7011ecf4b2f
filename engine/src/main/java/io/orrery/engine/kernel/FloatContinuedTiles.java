package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles that continue chains: result(i, j) is read, further terms are added in order, and it is written back;
 * otherwise as {@link FloatWideTiles}.
 */
final class FloatContinuedTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatContinuedTiles() {}

    /** Twelve rows by two vectors. */
    static void twelveByTwo(
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
        FloatVector c0a = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, result, resultAt + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c1b = FloatVector.fromArray(SPECIES, result, resultAt + resultStride + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c2b = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
        FloatVector c3b = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride + LANES);
        FloatVector c4a = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride);
        FloatVector c4b = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride + LANES);
        FloatVector c5a = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride);
        FloatVector c5b = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride + LANES);
        FloatVector c6a = FloatVector.fromArray(SPECIES, result, resultAt + 6 * resultStride);
        FloatVector c6b = FloatVector.fromArray(SPECIES, result, resultAt + 6 * resultStride + LANES);
        FloatVector c7a = FloatVector.fromArray(SPECIES, result, resultAt + 7 * resultStride);
        FloatVector c7b = FloatVector.fromArray(SPECIES, result, resultAt + 7 * resultStride + LANES);
        FloatVector c8a = FloatVector.fromArray(SPECIES, result, resultAt + 8 * resultStride);
        FloatVector c8b = FloatVector.fromArray(SPECIES, result, resultAt + 8 * resultStride + LANES);
        FloatVector c9a = FloatVector.fromArray(SPECIES, result, resultAt + 9 * resultStride);
        FloatVector c9b = FloatVector.fromArray(SPECIES, result, resultAt + 9 * resultStride + LANES);
        FloatVector c10a = FloatVector.fromArray(SPECIES, result, resultAt + 10 * resultStride);
        FloatVector c10b = FloatVector.fromArray(SPECIES, result, resultAt + 10 * resultStride + LANES);
        FloatVector c11a = FloatVector.fromArray(SPECIES, result, resultAt + 11 * resultStride);
        FloatVector c11b = FloatVector.fromArray(SPECIES, result, resultAt + 11 * resultStride + LANES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, right, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, right, row + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0a = a.fma(b0, c0a);
            c0b = a.fma(b1, c0b);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1a = a.fma(b0, c1a);
            c1b = a.fma(b1, c1b);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2a = a.fma(b0, c2a);
            c2b = a.fma(b1, c2b);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3a = a.fma(b0, c3a);
            c3b = a.fma(b1, c3b);
            a = FloatVector.broadcast(SPECIES, left[at + 4 * rowStride]);
            c4a = a.fma(b0, c4a);
            c4b = a.fma(b1, c4b);
            a = FloatVector.broadcast(SPECIES, left[at + 5 * rowStride]);
            c5a = a.fma(b0, c5a);
            c5b = a.fma(b1, c5b);
            a = FloatVector.broadcast(SPECIES, left[at + 6 * rowStride]);
            c6a = a.fma(b0, c6a);
            c6b = a.fma(b1, c6b);
            a = FloatVector.broadcast(SPECIES, left[at + 7 * rowStride]);
            c7a = a.fma(b0, c7a);
            c7b = a.fma(b1, c7b);
            a = FloatVector.broadcast(SPECIES, left[at + 8 * rowStride]);
            c8a = a.fma(b0, c8a);
            c8b = a.fma(b1, c8b);
            a = FloatVector.broadcast(SPECIES, left[at + 9 * rowStride]);
            c9a = a.fma(b0, c9a);
            c9b = a.fma(b1, c9b);
            a = FloatVector.broadcast(SPECIES, left[at + 10 * rowStride]);
            c10a = a.fma(b0, c10a);
            c10b = a.fma(b1, c10b);
            a = FloatVector.broadcast(SPECIES, left[at + 11 * rowStride]);
            c11a = a.fma(b0, c11a);
            c11b = a.fma(b1, c11b);
            at += termStride;
            row += rightStride;
        }
        c0a.intoArray(result, resultAt);
        c0b.intoArray(result, resultAt + LANES);
        c1a.intoArray(result, resultAt + resultStride);
        c1b.intoArray(result, resultAt + resultStride + LANES);
        c2a.intoArray(result, resultAt + 2 * resultStride);
        c2b.intoArray(result, resultAt + 2 * resultStride + LANES);
        c3a.intoArray(result, resultAt + 3 * resultStride);
        c3b.intoArray(result, resultAt + 3 * resultStride + LANES);
        c4a.intoArray(result, resultAt + 4 * resultStride);
        c4b.intoArray(result, resultAt + 4 * resultStride + LANES);
        c5a.intoArray(result, resultAt + 5 * resultStride);
        c5b.intoArray(result, resultAt + 5 * resultStride + LANES);
        c6a.intoArray(result, resultAt + 6 * resultStride);
        c6b.intoArray(result, resultAt + 6 * resultStride + LANES);
        c7a.intoArray(result, resultAt + 7 * resultStride);
        c7b.intoArray(result, resultAt + 7 * resultStride + LANES);
        c8a.intoArray(result, resultAt + 8 * resultStride);
        c8b.intoArray(result, resultAt + 8 * resultStride + LANES);
        c9a.intoArray(result, resultAt + 9 * resultStride);
        c9b.intoArray(result, resultAt + 9 * resultStride + LANES);
        c10a.intoArray(result, resultAt + 10 * resultStride);
        c10b.intoArray(result, resultAt + 10 * resultStride + LANES);
        c11a.intoArray(result, resultAt + 11 * resultStride);
        c11b.intoArray(result, resultAt + 11 * resultStride + LANES);
    }

    /** Eight rows by two vectors. */
    static void eightByTwo(
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
        FloatVector c0a = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, result, resultAt + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c1b = FloatVector.fromArray(SPECIES, result, resultAt + resultStride + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c2b = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
        FloatVector c3b = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride + LANES);
        FloatVector c4a = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride);
        FloatVector c4b = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride + LANES);
        FloatVector c5a = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride);
        FloatVector c5b = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride + LANES);
        FloatVector c6a = FloatVector.fromArray(SPECIES, result, resultAt + 6 * resultStride);
        FloatVector c6b = FloatVector.fromArray(SPECIES, result, resultAt + 6 * resultStride + LANES);
        FloatVector c7a = FloatVector.fromArray(SPECIES, result, resultAt + 7 * resultStride);
        FloatVector c7b = FloatVector.fromArray(SPECIES, result, resultAt + 7 * resultStride + LANES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, right, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, right, row + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0a = a.fma(b0, c0a);
            c0b = a.fma(b1, c0b);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1a = a.fma(b0, c1a);
            c1b = a.fma(b1, c1b);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2a = a.fma(b0, c2a);
            c2b = a.fma(b1, c2b);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3a = a.fma(b0, c3a);
            c3b = a.fma(b1, c3b);
            a = FloatVector.broadcast(SPECIES, left[at + 4 * rowStride]);
            c4a = a.fma(b0, c4a);
            c4b = a.fma(b1, c4b);
            a = FloatVector.broadcast(SPECIES, left[at + 5 * rowStride]);
            c5a = a.fma(b0, c5a);
            c5b = a.fma(b1, c5b);
            a = FloatVector.broadcast(SPECIES, left[at + 6 * rowStride]);
            c6a = a.fma(b0, c6a);
            c6b = a.fma(b1, c6b);
            a = FloatVector.broadcast(SPECIES, left[at + 7 * rowStride]);
            c7a = a.fma(b0, c7a);
            c7b = a.fma(b1, c7b);
            at += termStride;
            row += rightStride;
        }
        c0a.intoArray(result, resultAt);
        c0b.intoArray(result, resultAt + LANES);
        c1a.intoArray(result, resultAt + resultStride);
        c1b.intoArray(result, resultAt + resultStride + LANES);
        c2a.intoArray(result, resultAt + 2 * resultStride);
        c2b.intoArray(result, resultAt + 2 * resultStride + LANES);
        c3a.intoArray(result, resultAt + 3 * resultStride);
        c3b.intoArray(result, resultAt + 3 * resultStride + LANES);
        c4a.intoArray(result, resultAt + 4 * resultStride);
        c4b.intoArray(result, resultAt + 4 * resultStride + LANES);
        c5a.intoArray(result, resultAt + 5 * resultStride);
        c5b.intoArray(result, resultAt + 5 * resultStride + LANES);
        c6a.intoArray(result, resultAt + 6 * resultStride);
        c6b.intoArray(result, resultAt + 6 * resultStride + LANES);
        c7a.intoArray(result, resultAt + 7 * resultStride);
        c7b.intoArray(result, resultAt + 7 * resultStride + LANES);
    }

    /** Six rows by two vectors. */
    static void sixByTwo(
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
        FloatVector c0a = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, result, resultAt + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c1b = FloatVector.fromArray(SPECIES, result, resultAt + resultStride + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c2b = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
        FloatVector c3b = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride + LANES);
        FloatVector c4a = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride);
        FloatVector c4b = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride + LANES);
        FloatVector c5a = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride);
        FloatVector c5b = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride + LANES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, right, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, right, row + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0a = a.fma(b0, c0a);
            c0b = a.fma(b1, c0b);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1a = a.fma(b0, c1a);
            c1b = a.fma(b1, c1b);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2a = a.fma(b0, c2a);
            c2b = a.fma(b1, c2b);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3a = a.fma(b0, c3a);
            c3b = a.fma(b1, c3b);
            a = FloatVector.broadcast(SPECIES, left[at + 4 * rowStride]);
            c4a = a.fma(b0, c4a);
            c4b = a.fma(b1, c4b);
            a = FloatVector.broadcast(SPECIES, left[at + 5 * rowStride]);
            c5a = a.fma(b0, c5a);
            c5b = a.fma(b1, c5b);
            at += termStride;
            row += rightStride;
        }
        c0a.intoArray(result, resultAt);
        c0b.intoArray(result, resultAt + LANES);
        c1a.intoArray(result, resultAt + resultStride);
        c1b.intoArray(result, resultAt + resultStride + LANES);
        c2a.intoArray(result, resultAt + 2 * resultStride);
        c2b.intoArray(result, resultAt + 2 * resultStride + LANES);
        c3a.intoArray(result, resultAt + 3 * resultStride);
        c3b.intoArray(result, resultAt + 3 * resultStride + LANES);
        c4a.intoArray(result, resultAt + 4 * resultStride);
        c4b.intoArray(result, resultAt + 4 * resultStride + LANES);
        c5a.intoArray(result, resultAt + 5 * resultStride);
        c5b.intoArray(result, resultAt + 5 * resultStride + LANES);
    }

    /** Four rows by two vectors. */
    static void fourByTwo(
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
        FloatVector c0a = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, result, resultAt + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c1b = FloatVector.fromArray(SPECIES, result, resultAt + resultStride + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c2b = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
        FloatVector c3b = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride + LANES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, right, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, right, row + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0a = a.fma(b0, c0a);
            c0b = a.fma(b1, c0b);
            a = FloatVector.broadcast(SPECIES, left[at + rowStride]);
            c1a = a.fma(b0, c1a);
            c1b = a.fma(b1, c1b);
            a = FloatVector.broadcast(SPECIES, left[at + 2 * rowStride]);
            c2a = a.fma(b0, c2a);
            c2b = a.fma(b1, c2b);
            a = FloatVector.broadcast(SPECIES, left[at + 3 * rowStride]);
            c3a = a.fma(b0, c3a);
            c3b = a.fma(b1, c3b);
            at += termStride;
            row += rightStride;
        }
        c0a.intoArray(result, resultAt);
        c0b.intoArray(result, resultAt + LANES);
        c1a.intoArray(result, resultAt + resultStride);
        c1b.intoArray(result, resultAt + resultStride + LANES);
        c2a.intoArray(result, resultAt + 2 * resultStride);
        c2b.intoArray(result, resultAt + 2 * resultStride + LANES);
        c3a.intoArray(result, resultAt + 3 * resultStride);
        c3b.intoArray(result, resultAt + 3 * resultStride + LANES);
    }

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
        FloatVector c0 = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
        FloatVector c4 = FloatVector.fromArray(SPECIES, result, resultAt + 4 * resultStride);
        FloatVector c5 = FloatVector.fromArray(SPECIES, result, resultAt + 5 * resultStride);
        FloatVector c6 = FloatVector.fromArray(SPECIES, result, resultAt + 6 * resultStride);
        FloatVector c7 = FloatVector.fromArray(SPECIES, result, resultAt + 7 * resultStride);
        FloatVector c8 = FloatVector.fromArray(SPECIES, result, resultAt + 8 * resultStride);
        FloatVector c9 = FloatVector.fromArray(SPECIES, result, resultAt + 9 * resultStride);
        FloatVector c10 = FloatVector.fromArray(SPECIES, result, resultAt + 10 * resultStride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, result, resultAt + 11 * resultStride);
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
        FloatVector c0 = FloatVector.fromArray(SPECIES, result, resultAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, result, resultAt + resultStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, result, resultAt + 2 * resultStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, result, resultAt + 3 * resultStride);
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
