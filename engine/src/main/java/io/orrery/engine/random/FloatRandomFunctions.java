package io.orrery.engine.random;

import io.orrery.engine.kernel.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Words of {@link FloatPhilox} to single precision numbers: the bits of {@link Draws}. */
final class FloatRandomFunctions {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    /** Purpose of the counters of uniform numbers. */
    static final long UNIFORM = Draws.UNIFORM_SINGLE;
    /** Uniform numbers that a counter makes. */
    static final int PER_COUNTER = 4;

    private FloatRandomFunctions() {}

    /** Uniform numbers in place of words, a group of counters at a time. */
    static void uniforms(float[] out, int at, int groups) {
        for (int group = 0; group < groups; group++) {
            int start = at + 2 * LANES * group;
            LongVector lower = FloatVector.fromArray(SPECIES, out, start).reinterpretAsLongs();
            LongVector upper =
                    FloatVector.fromArray(SPECIES, out, start + LANES).reinterpretAsLongs();
            uniform(Pairs.first(lower, upper)).intoArray(out, start);
            uniform(Pairs.second(lower, upper)).intoArray(out, start + LANES);
        }
    }

    /** The upper 24 bits of words over 2^24. */
    private static FloatVector uniform(LongVector words) {
        FloatVector upperBits = (FloatVector)
                words.reinterpretAsInts().lanewise(VectorOperators.LSHR, 8).convert(VectorOperators.I2F, 0);
        return upperBits.mul(0x1p-24f);
    }
}
