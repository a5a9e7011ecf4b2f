package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums down the columns of a matrix: each from -0, rows ascending; vectors run along the columns. */
final class FloatColumnSums {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    /** Broadcast where it is used: an accumulator that starts from a constant object is boxed at every turn. */
    private static final float NEUTRAL = -0f;

    private FloatColumnSums() {}

    /** out[column] = the sum of a[aOffset + row * width + column] over rows, for columns {@code from} to {@code to} - 1. */
    static void columns(int rows, int width, int from, int to, float[] a, int aOffset, float[] out, int outOffset) {
        int column = from;
        for (; column <= to - 4 * LANES; column += 4 * LANES) {
            four(rows, width, a, aOffset + column, out, outOffset + column);
        }
        for (; column <= to - LANES; column += LANES) {
            one(rows, width, a, aOffset + column, out, outOffset + column);
        }
        if (column < to) {
            some(rows, width, to - column, a, aOffset + column, out, outOffset + column);
        }
    }

    private static void four(int rows, int width, float[] a, int aOffset, float[] out, int outOffset) {
        FloatVector sum0 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum1 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum2 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum3 = FloatVector.broadcast(SPECIES, NEUTRAL);
        for (int row = 0, i = aOffset; row < rows; row++, i += width) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, i));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, i + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, a, i + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, a, i + 3 * LANES));
        }
        sum0.intoArray(out, outOffset);
        sum1.intoArray(out, outOffset + LANES);
        sum2.intoArray(out, outOffset + 2 * LANES);
        sum3.intoArray(out, outOffset + 3 * LANES);
    }

    private static void one(int rows, int width, float[] a, int aOffset, float[] out, int outOffset) {
        FloatVector sum = FloatVector.broadcast(SPECIES, NEUTRAL);
        for (int row = 0, i = aOffset; row < rows; row++, i += width) {
            sum = sum.add(FloatVector.fromArray(SPECIES, a, i));
        }
        sum.intoArray(out, outOffset);
    }

    private static void some(int rows, int width, int columns, float[] a, int aOffset, float[] out, int outOffset) {
        var present = SPECIES.indexInRange(0, columns);
        FloatVector sum = FloatVector.broadcast(SPECIES, NEUTRAL);
        for (int row = 0, i = aOffset; row < rows; row++, i += width) {
            sum = sum.add(FloatVector.fromArray(SPECIES, a, i, present));
        }
        sum.intoArray(out, outOffset, present);
    }
}
