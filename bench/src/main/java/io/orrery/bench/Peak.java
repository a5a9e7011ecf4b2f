package io.orrery.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The most that this core's multiply-add units give: 16 independent chains in registers, no memory. */
final class Peak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 16;
    /** Half a millisecond each: short enough to find moments that no other program disturbs. */
    private static final int ROUNDS = 600;

    private static final int STEPS = 200_000;
    private static final int NOW = 5;

    private Peak() {}

    /** Some 0.3 s of multiply-adds on the calling thread, which touch no memory. */
    static float load() {
        float sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            sink += chains(STEPS);
        }
        return sink;
    }

    /** In GFLOP/s, over some two milliseconds. */
    static double now() {
        long start = System.nanoTime();
        float sink = chains(NOW * STEPS);
        double seconds = (System.nanoTime() - start) / 1e9;
        requireNumber(sink);
        return 2.0 * CHAINS * SPECIES.length() * NOW * STEPS / seconds / 1e9;
    }

    private static void requireNumber(float sink) {
        if (Float.isNaN(sink)) {
            throw new IllegalStateException("the peak's chains gave NaN");
        }
    }

    /** Best of several rounds, in GFLOP/s (a multiply-add counts 2), single precision, one core. */
    static double measure() {
        double best = 0;
        float sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sink += chains(STEPS);
            double seconds = (System.nanoTime() - start) / 1e9;
            best = Math.max(best, 2.0 * CHAINS * SPECIES.length() * STEPS / seconds / 1e9);
        }
        requireNumber(sink);
        return best;
    }

    /** One method of straight code, so that every chain stays in a register. */
    private static float chains(int steps) {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector addend = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector c0 = FloatVector.broadcast(SPECIES, 0f);
        FloatVector c1 = FloatVector.broadcast(SPECIES, 1f);
        FloatVector c2 = FloatVector.broadcast(SPECIES, 2f);
        FloatVector c3 = FloatVector.broadcast(SPECIES, 3f);
        FloatVector c4 = FloatVector.broadcast(SPECIES, 4f);
        FloatVector c5 = FloatVector.broadcast(SPECIES, 5f);
        FloatVector c6 = FloatVector.broadcast(SPECIES, 6f);
        FloatVector c7 = FloatVector.broadcast(SPECIES, 7f);
        FloatVector c8 = FloatVector.broadcast(SPECIES, 8f);
        FloatVector c9 = FloatVector.broadcast(SPECIES, 9f);
        FloatVector c10 = FloatVector.broadcast(SPECIES, 10f);
        FloatVector c11 = FloatVector.broadcast(SPECIES, 11f);
        FloatVector c12 = FloatVector.broadcast(SPECIES, 12f);
        FloatVector c13 = FloatVector.broadcast(SPECIES, 13f);
        FloatVector c14 = FloatVector.broadcast(SPECIES, 14f);
        FloatVector c15 = FloatVector.broadcast(SPECIES, 15f);
        for (int step = 0; step < steps; step++) {
            c0 = c0.fma(factor, addend);
            c1 = c1.fma(factor, addend);
            c2 = c2.fma(factor, addend);
            c3 = c3.fma(factor, addend);
            c4 = c4.fma(factor, addend);
            c5 = c5.fma(factor, addend);
            c6 = c6.fma(factor, addend);
            c7 = c7.fma(factor, addend);
            c8 = c8.fma(factor, addend);
            c9 = c9.fma(factor, addend);
            c10 = c10.fma(factor, addend);
            c11 = c11.fma(factor, addend);
            c12 = c12.fma(factor, addend);
            c13 = c13.fma(factor, addend);
            c14 = c14.fma(factor, addend);
            c15 = c15.fma(factor, addend);
        }
        FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7);
        FloatVector high =
                c8.add(c9).add(c10).add(c11).add(c12).add(c13).add(c14).add(c15);
        return low.add(high).lane(0);
    }
}
