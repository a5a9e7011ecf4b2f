package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a product, two vectors wide: result(i, j) = the sum over t ascending of left(i, t) * right(t, j), from
 * zero. Row i of the left operand begins at {@code leftAt + i * rowStride} and its terms lie {@code termStride} apart; the
 * rows of the right operand are contiguous and {@code rightStride} apart. Twelve rows fill 512-bit machines' 32 registers,
 * six those of machines with 16.
 *
 * <p>The build writes a twin of this file, {@code FloatWideContinuedTiles}, whose sums begin with what the result holds
 * instead of zero: chains that are added to in several calls. A flag for it would put a choice between vectors in front of
 * the loop, and C2 then keeps them boxed.
 */
final class FloatWideTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatWideTiles() {}

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
        FloatVector c0a = FloatVector.zero(SPECIES);
        FloatVector c0b = FloatVector.zero(SPECIES);
        FloatVector c1a = FloatVector.zero(SPECIES);
        FloatVector c1b = FloatVector.zero(SPECIES);
        FloatVector c2a = FloatVector.zero(SPECIES);
        FloatVector c2b = FloatVector.zero(SPECIES);
        FloatVector c3a = FloatVector.zero(SPECIES);
        FloatVector c3b = FloatVector.zero(SPECIES);
        FloatVector c4a = FloatVector.zero(SPECIES);
        FloatVector c4b = FloatVector.zero(SPECIES);
        FloatVector c5a = FloatVector.zero(SPECIES);
        FloatVector c5b = FloatVector.zero(SPECIES);
        FloatVector c6a = FloatVector.zero(SPECIES);
        FloatVector c6b = FloatVector.zero(SPECIES);
        FloatVector c7a = FloatVector.zero(SPECIES);
        FloatVector c7b = FloatVector.zero(SPECIES);
        FloatVector c8a = FloatVector.zero(SPECIES);
        FloatVector c8b = FloatVector.zero(SPECIES);
        FloatVector c9a = FloatVector.zero(SPECIES);
        FloatVector c9b = FloatVector.zero(SPECIES);
        FloatVector c10a = FloatVector.zero(SPECIES);
        FloatVector c10b = FloatVector.zero(SPECIES);
        FloatVector c11a = FloatVector.zero(SPECIES);
        FloatVector c11b = FloatVector.zero(SPECIES);
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
        FloatVector c0a = FloatVector.zero(SPECIES);
        FloatVector c0b = FloatVector.zero(SPECIES);
        FloatVector c1a = FloatVector.zero(SPECIES);
        FloatVector c1b = FloatVector.zero(SPECIES);
        FloatVector c2a = FloatVector.zero(SPECIES);
        FloatVector c2b = FloatVector.zero(SPECIES);
        FloatVector c3a = FloatVector.zero(SPECIES);
        FloatVector c3b = FloatVector.zero(SPECIES);
        FloatVector c4a = FloatVector.zero(SPECIES);
        FloatVector c4b = FloatVector.zero(SPECIES);
        FloatVector c5a = FloatVector.zero(SPECIES);
        FloatVector c5b = FloatVector.zero(SPECIES);
        FloatVector c6a = FloatVector.zero(SPECIES);
        FloatVector c6b = FloatVector.zero(SPECIES);
        FloatVector c7a = FloatVector.zero(SPECIES);
        FloatVector c7b = FloatVector.zero(SPECIES);
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
        FloatVector c0a = FloatVector.zero(SPECIES);
        FloatVector c0b = FloatVector.zero(SPECIES);
        FloatVector c1a = FloatVector.zero(SPECIES);
        FloatVector c1b = FloatVector.zero(SPECIES);
        FloatVector c2a = FloatVector.zero(SPECIES);
        FloatVector c2b = FloatVector.zero(SPECIES);
        FloatVector c3a = FloatVector.zero(SPECIES);
        FloatVector c3b = FloatVector.zero(SPECIES);
        FloatVector c4a = FloatVector.zero(SPECIES);
        FloatVector c4b = FloatVector.zero(SPECIES);
        FloatVector c5a = FloatVector.zero(SPECIES);
        FloatVector c5b = FloatVector.zero(SPECIES);
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
        FloatVector c0a = FloatVector.zero(SPECIES);
        FloatVector c0b = FloatVector.zero(SPECIES);
        FloatVector c1a = FloatVector.zero(SPECIES);
        FloatVector c1b = FloatVector.zero(SPECIES);
        FloatVector c2a = FloatVector.zero(SPECIES);
        FloatVector c2b = FloatVector.zero(SPECIES);
        FloatVector c3a = FloatVector.zero(SPECIES);
        FloatVector c3b = FloatVector.zero(SPECIES);
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

    /** One row by two vectors. */
    static void oneByTwo(
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
        FloatVector c0a = FloatVector.zero(SPECIES);
        FloatVector c0b = FloatVector.zero(SPECIES);
        int at = leftAt;
        int row = rightAt;
        for (int term = 0; term < k; term++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, right, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, right, row + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[at]);
            c0a = a.fma(b0, c0a);
            c0b = a.fma(b1, c0b);
            at += termStride;
            row += rightStride;
        }
        c0a.intoArray(result, resultAt);
        c0b.intoArray(result, resultAt + LANES);
    }
}
