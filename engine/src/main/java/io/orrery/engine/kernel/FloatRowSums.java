package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over neighbours in the order of {@link SumTree}; narrow vectors hold its lanes in two or four registers. What is left
 * over is added to the lanes that it meets, in place: a method that answered with it as a vector was now and then too large
 * for the compiler to inline, and then boxed it at every call.
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
            out[outOffset + row] = REGISTERS == 1
                    ? oneRegister(count, a, aOffset + row * count)
                    : REGISTERS == 2
                            ? twoRegisters(count, a, aOffset + row * count)
                            : fourRegisters(count, a, aOffset + row * count);
        }
    }

    private static float oneRegister(int count, float[] a, int offset) {
        FloatVector sum = FloatVector.broadcast(SPECIES, NEUTRAL);
        int i = 0;
        for (; i <= count - LOGICAL_LANES; i += LOGICAL_LANES) {
            sum = sum.add(FloatVector.fromArray(SPECIES, a, offset + i));
        }
        if (i < count) {
            var present = SPECIES.indexInRange(i, count);
            sum = sum.add(FloatVector.fromArray(SPECIES, a, offset + i, present), present);
        }
        return tree(sum);
    }

    private static float twoRegisters(int count, float[] a, int offset) {
        FloatVector sum0 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum1 = FloatVector.broadcast(SPECIES, NEUTRAL);
        int i = 0;
        for (; i <= count - LOGICAL_LANES; i += LOGICAL_LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES));
        }
        if (i < count) {
            var present0 = SPECIES.indexInRange(i, count);
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i, present0), present0);
            var present1 = SPECIES.indexInRange(i + LANES, count);
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES, present1), present1);
        }
        return tree(sum0.add(sum1));
    }

    private static float fourRegisters(int count, float[] a, int offset) {
        FloatVector sum0 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum1 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum2 = FloatVector.broadcast(SPECIES, NEUTRAL);
        FloatVector sum3 = FloatVector.broadcast(SPECIES, NEUTRAL);
        int i = 0;
        for (; i <= count - LOGICAL_LANES; i += LOGICAL_LANES) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, a, offset + i + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, a, offset + i + 3 * LANES));
        }
        if (i < count) {
            var present0 = SPECIES.indexInRange(i, count);
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, a, offset + i, present0), present0);
            var present1 = SPECIES.indexInRange(i + LANES, count);
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, a, offset + i + LANES, present1), present1);
            var present2 = SPECIES.indexInRange(i + 2 * LANES, count);
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, a, offset + i + 2 * LANES, present2), present2);
            var present3 = SPECIES.indexInRange(i + 3 * LANES, count);
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, a, offset + i + 3 * LANES, present3), present3);
        }
        return tree(sum0.add(sum2).add(sum1.add(sum3)));
    }

    private static float tree(FloatVector lanes) {
        FloatVector sum = lanes;
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (LANES > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }
}
