package io.orrery.engine.random;

import io.orrery.engine.kernel.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Words of {@link DoublePhilox} to double precision numbers: the bits of {@link Draws}. */
final class DoubleRandomFunctions {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.doubleSpecies();
    private static final int LANES = SPECIES.length();

    private static final long UPPER_BITS = Double.doubleToRawLongBits(0x1p84);
    private static final long LOWER_BITS = Double.doubleToRawLongBits(0x1p52);

    /** Purpose of the counters of uniform numbers. */
    static final long UNIFORM = Draws.UNIFORM_DOUBLE;
    /** Uniform numbers that a counter makes. */
    static final int PER_COUNTER = 2;

    private DoubleRandomFunctions() {}

    /** Uniform numbers in place of words, a group of counters at a time. */
    static void uniforms(double[] out, int at, int groups) {
        for (int group = 0; group < groups; group++) {
            int start = at + 2 * LANES * group;
            LongVector lower = DoubleVector.fromArray(SPECIES, out, start).reinterpretAsLongs();
            LongVector upper =
                    DoubleVector.fromArray(SPECIES, out, start + LANES).reinterpretAsLongs();
            uniform(Pairs.first(lower, upper)).intoArray(out, start);
            uniform(Pairs.second(lower, upper)).intoArray(out, start + LANES);
        }
    }

    /** The upper 53 bits of words over 2^53. */
    private static DoubleVector uniform(LongVector words) {
        return number(words.lanewise(VectorOperators.LSHR, 11)).mul(0x1p-53);
    }

    /**
     * Integers in 0..2^53 as doubles, exactly. Both halves stand behind a leading 1 whose value is then taken off; not all
     * processors convert 64 bits at once.
     */
    static DoubleVector number(LongVector integers) {
        DoubleVector upper =
                integers.lanewise(VectorOperators.LSHR, 32).or(UPPER_BITS).reinterpretAsDoubles();
        DoubleVector lower = integers.and(Philox.LOW).or(LOWER_BITS).reinterpretAsDoubles();
        return upper.sub(0x1p84 + 0x1p52).add(lower);
    }
}
