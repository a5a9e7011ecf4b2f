package io.orrery.engine.random;

import io.orrery.engine.kernel.VectorWidth;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Philox} in vectors, one counter in each lane of 64 bits: products of 32-bit words fill a lane. The upper half of a
 * lane may hold anything between rounds; only the factors of products are cut to 32 bits.
 */
final class FloatPhilox {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final VectorSpecies<Long> WORDS =
            VectorSpecies.of(long.class, VectorShape.forBitSize(SPECIES.vectorBitSize()));
    private static final LongVector LANE = LongVector.zero(WORDS).addIndex(1);

    /** Counters at a time. */
    static final int COUNTERS = WORDS.length();
    /** Array elements that hold a word pair of each of them. */
    static final int ELEMENTS = SPECIES.length();

    private FloatPhilox() {}

    /**
     * Random words of consecutive counters, as raw bits. Each group of {@link #COUNTERS} takes 2 {@link #ELEMENTS}: words 0
     * (low) and 1 of every counter, then words 2 (low) and 3 of every counter.
     *
     * @param block low word of the first counter
     * @param purpose the part of the counter above it
     */
    static void words(int block, long purpose, long step, long key, int groups, float[] to, int at) {
        for (int group = 0; group < groups; group++) {
            LongVector c0 = LANE.add(block + group * COUNTERS);
            LongVector c1 = LongVector.broadcast(WORDS, purpose >>> 32);
            LongVector c2 = LongVector.broadcast(WORDS, step);
            LongVector c3 = LongVector.broadcast(WORDS, step >>> 32);
            long k0 = key;
            long k1 = key >>> 32;
            for (int round = 0; round < Philox.ROUNDS; round++) {
                LongVector factor0 = c0.and(Philox.LOW);
                LongVector factor2 = c2.and(Philox.LOW);
                LongVector product0 = factor0.mul(Philox.MULTIPLIER_0);
                LongVector product2 = factor2.mul(Philox.MULTIPLIER_2);
                LongVector high0 = product0.lanewise(VectorOperators.LSHR, 32);
                LongVector high2 = product2.lanewise(VectorOperators.LSHR, 32);
                LongVector mixed0 = high2.lanewise(VectorOperators.XOR, c1);
                LongVector mixed2 = high0.lanewise(VectorOperators.XOR, c3);
                c0 = mixed0.lanewise(VectorOperators.XOR, k0);
                c1 = product2;
                c2 = mixed2.lanewise(VectorOperators.XOR, k1);
                c3 = product0;
                k0 += Philox.WEYL_0;
                k1 += Philox.WEYL_1;
            }
            int start = at + 2 * ELEMENTS * group;
            LongVector word0 = c0.and(Philox.LOW);
            LongVector word1 = c1.lanewise(VectorOperators.LSHL, 32);
            LongVector word2 = c2.and(Philox.LOW);
            LongVector word3 = c3.lanewise(VectorOperators.LSHL, 32);
            word0.or(word1).reinterpretAsFloats().intoArray(to, start);
            word2.or(word3).reinterpretAsFloats().intoArray(to, start + ELEMENTS);
        }
    }
}
