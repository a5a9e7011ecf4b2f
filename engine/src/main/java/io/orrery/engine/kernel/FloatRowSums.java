package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over neighbours in the order of {@link SumTree}; narrow vectors hold its lanes in two or four registers. No method is
 * given a vector or answers with one: now and then, in one process of many, the compiler did not inline it and boxed the
 * vector at every call.
 */
final class FloatRowSums {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final int LOGICAL_LANES = SumTree.FLOAT_LANES;
    private static final int REGISTERS = LOGICAL_LANES / LANES;
    /** Broadcast where it is used: an accumulator that starts from a constant object is boxed at every turn. */
    private static final float NEUTRAL = -0f;

    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

    private FloatRowSums() {}

    /** Sums of rows {@code from} to {@code to} - 1 of {@code count} elements each. */
    static void rows(int from, int to, int count, float[] a, int aOffset, float[] out, int outOffset) {
        for (int row = from; row < to; row++) {
            out[outOffset + row] = row(count, a, aOffset + row * count);
        }
    }

    /** The choices between one, two and four registers and between lengths of vectors are made when this is compiled. */
    private static float row(int count, float[] a, int offset) {
        FloatVector sum0 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum1 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum2 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum3 = FloatVector.broadcast(SPECIES, NEUTRAL);
        int i = 0;
        for (; i <= count - LOGICAL_LANES; i += LOGICAL_LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i));
            if (REGISTERS > 1) {
                sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES));
            }
            if (REGISTERS > 2) {
                sum2 = sum2.add(FloatVector.fromArray(SPECIES, a, offset + i + 2 * LANES));
                sum3 = sum3.add(FloatVector.fromArray(SPECIES, a, offset + i + 3 * LANES));
            }
        }
        if (i < count) {
            var present0 = SPECIES.indexInRange(i, count);
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i, present0), present0);
            if (REGISTERS > 1) {
                var present1 = SPECIES.indexInRange(i + LANES, count);
                sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES, present1), present1);
            }
            if (REGISTERS > 2) {
                var present2 = SPECIES.indexInRange(i + 2 * LANES, count);
                sum2 = sum2.add(FloatVector.fromArray(SPECIES, a, offset + i + 2 * LANES, present2), present2);
                var present3 = SPECIES.indexInRange(i + 3 * LANES, count);
                sum3 = sum3.add(FloatVector.fromArray(SPECIES, a, offset + i + 3 * LANES, present3), present3);
            }
        }
        if (REGISTERS > 2) {
            sum0 = sum0.add(sum2);
            sum1 = sum1.add(sum3);
        }
        if (REGISTERS > 1) {
            sum0 = sum0.add(sum1);
        }
        if (LANES > 8) {
            sum0 = sum0.add(sum0.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum0 = sum0.add(sum0.rearrange(BY_4));
        }
        if (LANES > 2) {
            sum0 = sum0.add(sum0.rearrange(BY_2));
        }
        return sum0.add(sum0.rearrange(BY_1)).lane(0);
    }
}
