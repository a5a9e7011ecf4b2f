package io.orrery.engine.random;

import io.orrery.engine.kernel.VectorWidth;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Interleaves the lanes of two vectors: of each counter first what its lower words made, then its upper words. */
final class Pairs {
    private static final VectorSpecies<Double> DOUBLES = VectorWidth.doubleSpecies();
    private static final VectorSpecies<Long> LONGS =
            VectorSpecies.of(long.class, VectorShape.forBitSize(DOUBLES.vectorBitSize()));
    private static final int LANES = LONGS.length();
    private static final VectorShuffle<Long> FIRST = VectorShuffle.fromOp(LONGS, lane -> lane / 2);
    private static final VectorShuffle<Long> SECOND = VectorShuffle.fromOp(LONGS, lane -> (LANES + lane) / 2);
    private static final VectorMask<Long> ODD = VectorMask.fromLong(LONGS, 0xAAAAAAAAAAAAAAAAL);

    private Pairs() {}

    /** Lanes 0 of a and of b, 1 of a and of b, ...: the first half. */
    static LongVector first(LongVector a, LongVector b) {
        return a.rearrange(FIRST).blend(b.rearrange(FIRST), ODD);
    }

    /** The second half. */
    static LongVector second(LongVector a, LongVector b) {
        return a.rearrange(SECOND).blend(b.rearrange(SECOND), ODD);
    }
}
