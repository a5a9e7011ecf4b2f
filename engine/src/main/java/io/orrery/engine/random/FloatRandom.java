package io.orrery.engine.random;

import io.orrery.engine.kernel.VectorWidth;

/**
 * Whole arrays of random numbers; element i depends on (key, step, i) alone, as {@link Draws} says. Parts divide the
 * elements.
 *
 * <p>Vectors are many times as fast as single numbers once compiled, and a hundred times as slow until then. So they
 * begin with a small share of the elements, until they have taken less time than single numbers a few times. Bits do not
 * depend on it.
 */
public final class FloatRandom {
    /** Groups of counters between the loops, so that they stay in the nearest cache. */
    private static final int STRETCH = 32;
    /** Uniform numbers that a group of counters makes. */
    private static final int UNIFORMS = FloatPhilox.COUNTERS * FloatRandomFunctions.PER_COUNTER;
    /** Normal numbers that a group of counters makes. */
    private static final int NORMALS = FloatPhilox.COUNTERS * Draws.NORMALS_PER_COUNTER;
    /** One group in so many until vectors have proved faster. */
    private static final int COLD_SHARE = 256;

    private static final int PROOFS = 3;

    /** Elements of scratch memory that each part of a call of {@link #normal} needs. */
    public static final int SCRATCH = 2 * FloatPhilox.ELEMENTS * STRETCH;

    private final long key;
    /** How often vectors were faster; threads may lose an update, which only lets them prove it once more. */
    private int proofs;

    /**
     * The numbers of a key.
     *
     * @param key from {@link RandomStream#key}
     */
    public FloatRandom(long key) {
        this(key, false);
    }

    FloatRandom(long key, boolean compiled) {
        this.key = key;
        this.proofs = compiled ? PROOFS : 0;
    }

    /** Uniform in [0, 1). */
    public void uniform(long step, float[] out, int outOffset, int length, int part, int parts) {
        int from = start(length, part, parts);
        int to = start(length, part + 1, parts);
        if (VectorWidth.BITS == 0) {
            Draws.uniform(key, step, out, outOffset, from, to);
            return;
        }
        int perCounter = FloatRandomFunctions.PER_COUNTER;
        int first = Math.min(to, Math.ceilDiv(from, perCounter) * perCounter);
        int last = first + groups((to - first) / UNIFORMS) * UNIFORMS;
        long begin = System.nanoTime();
        for (int i = first; i < last; ) {
            int groups = Math.min(stretch(), (last - i) / UNIFORMS);
            FloatPhilox.words(i / perCounter, FloatRandomFunctions.UNIFORM, step, key, groups, out, outOffset + i);
            FloatRandomFunctions.uniforms(out, outOffset + i, groups);
            i += groups * UNIFORMS;
        }
        long middle = System.nanoTime();
        Draws.uniform(key, step, out, outOffset, last, to);
        compare(last - first, middle - begin, to - last, System.nanoTime() - middle);
        Draws.uniform(key, step, out, outOffset, from, first);
    }

    /**
     * Normal with mean 0 and variance 1.
     *
     * @param scratch memory of which it uses {@link #SCRATCH} elements from scratchOffset
     */
    public void normal(
            long step,
            float[] out,
            int outOffset,
            int length,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        int from = start(length, part, parts);
        int to = start(length, part + 1, parts);
        if (VectorWidth.BITS == 0) {
            Draws.normal(key, step, out, outOffset, from, to);
            return;
        }
        int perCounter = Draws.NORMALS_PER_COUNTER;
        int first = Math.min(to, Math.ceilDiv(from, perCounter) * perCounter);
        int last = first + groups((to - first) / NORMALS) * NORMALS;
        long begin = System.nanoTime();
        for (int i = first; i < last; ) {
            int groups = Math.min(stretch(), (last - i) / NORMALS);
            FloatPhilox.words(i / perCounter, Draws.NORMAL, step, key, groups, scratch, scratchOffset);
            FloatNormals.polar(scratch, scratchOffset, groups);
            FloatNormals.cartesian(scratch, scratchOffset, groups);
            FloatNormals.pairs(scratch, scratchOffset, groups, out, outOffset + i);
            i += groups * NORMALS;
        }
        long middle = System.nanoTime();
        Draws.normal(key, step, out, outOffset, last, to);
        compare(last - first, middle - begin, to - last, System.nanoTime() - middle);
        Draws.normal(key, step, out, outOffset, from, first);
    }

    /** How many of the groups vectors make. */
    private int groups(int all) {
        return proofs >= PROOFS ? all : Math.min(all, Math.max(1, all / COLD_SHARE));
    }

    /** Groups at a time; one by one at first, as the compiler counts calls. */
    private int stretch() {
        return proofs >= PROOFS ? STRETCH : 1;
    }

    private void compare(int vectorElements, long vectorTime, int singleElements, long singleTime) {
        if (proofs < PROOFS
                && vectorElements > 0
                && (double) vectorTime * singleElements < (double) singleTime * vectorElements) {
            proofs++;
        }
    }

    private static int start(int length, int part, int parts) {
        return (int) ((long) length * part / parts);
    }
}
