package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums over neighbours in the order of {@link SumTree}; narrow vectors hold its lanes in two or four registers. */
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
            sum = sum.add(rest(i, count, a, offset));
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
            sum0 = sum0.add(rest(i, count, a, offset));
            sum1 = sum1.add(rest(i + LANES, count, a, offset));
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
            sum0 = sum0.add(rest(i, count, a, offset));
            sum1 = sum1.add(rest(i + LANES, count, a, offset));
            sum2 = sum2.add(rest(i + 2 * LANES, count, a, offset));
            sum3 = sum3.add(rest(i + 3 * LANES, count, a, offset));
        }
        return tree(sum0.add(sum2).add(sum1.add(sum3)));
    }

    /** Elements from i on, -0 where there are no more. */
    private static FloatVector rest(int i, int count, float[] a, int offset) {
        if (i >= count) {
            return FloatVector.broadcast(SPECIES, NEUTRAL);
        }
        var present = SPECIES.indexInRange(i, count);
        return FloatVector.broadcast(SPECIES, NEUTRAL)
                .blend(FloatVector.fromArray(SPECIES, a, offset + i, present), present);
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
