package io.orrery.engine.random;

/**
 * Distributions made from {@link Philox} words. Element i depends on (key, step, i) alone.
 *
 * <ul>
 *   <li>Uniform, single: word i mod 4 of block i / 4, its upper 24 bits over 2^24.
 *   <li>Uniform, double: words 2 (i mod 2) and 2 (i mod 2) + 1 of block i / 2, the upper 53 of their 64 bits over 2^53.
 *   <li>Normal: Box and Muller (1958). The elements of block i / 2 are r cos(2 pi v) and r sin(2 pi v) with
 *       r = sqrt(-2 log(u)); u in (0, 1] from words 0 and 1 (53 bits), v in [0, 1) from words 2 and 3, evaluated as
 *       {@link BoxMuller} does: within 4 ulp. Singles are the doubles, rounded.
 *   <li>Integer below a bound: Lemire (2019): the four words of block i in turn, rejected where that is needed to be
 *       unbiased; then the block's next attempt.
 * </ul>
 */
public final class Draws {
    private static final int PURPOSE_SHIFT = 60;
    private static final int ATTEMPT_SHIFT = 48;
    static final long UNIFORM_SINGLE = 0;
    static final long UNIFORM_DOUBLE = 1L << PURPOSE_SHIFT;
    static final long NORMAL = 2L << PURPOSE_SHIFT;
    private static final long INTEGER = 3L << PURPOSE_SHIFT;
    static final int NORMALS_PER_COUNTER = 2;

    private Draws() {}

    /** Uniform in [0, 1) with 24 bits. */
    public static float uniformSingle(long key, long step, long index) {
        long words = Philox.words(index >>> 2 | UNIFORM_SINGLE, step, key, (index & 2) != 0);
        int word = (int) (words >>> ((index & 1) << 5));
        return (word >>> 8) * 0x1p-24f;
    }

    /** Uniform in [0, 1) with 53 bits. */
    public static double uniform(long key, long step, long index) {
        return (Philox.words(index >>> 1 | UNIFORM_DOUBLE, step, key, (index & 1) != 0) >>> 11) * 0x1p-53;
    }

    /** Normal with mean 0 and variance 1. */
    public static double normal(long key, long step, long index) {
        long bits = angle(key, step, index);
        return radius(key, step, index) * ((index & 1) == 0 ? BoxMuller.cosine(bits) : BoxMuller.sine(bits));
    }

    /** Uniform in 0..bound-1, without bias. */
    public static int integer(long key, long step, long index, int bound) {
        long threshold = (Philox.LOW + 1) % bound;
        for (long attempt = 0; ; attempt++) {
            long counter = index | attempt << ATTEMPT_SHIFT | INTEGER;
            for (int word = 0; word < 4; word++) {
                long words = Philox.words(counter, step, key, word >= 2);
                long product = (words >>> ((word & 1) << 5) & Philox.LOW) * bound;
                if ((product & Philox.LOW) >= threshold) {
                    return (int) (product >>> 32);
                }
            }
        }
    }

    // Element i goes to out[outOffset + i].

    static void uniform(long key, long step, float[] out, int outOffset, int from, int to) {
        for (int i = from; i < to; i++) {
            out[outOffset + i] = uniformSingle(key, step, i);
        }
    }

    static void uniform(long key, long step, double[] out, int outOffset, int from, int to) {
        for (int i = from; i < to; i++) {
            out[outOffset + i] = uniform(key, step, i);
        }
    }

    static void normal(long key, long step, float[] out, int outOffset, int from, int to) {
        int i = from;
        if (i < to && (i & 1) != 0) {
            out[outOffset + i] = (float) normal(key, step, i);
            i++;
        }
        for (; i + 2 <= to; i += 2) {
            double radius = radius(key, step, i);
            long angle = angle(key, step, i);
            out[outOffset + i] = (float) (radius * BoxMuller.cosine(angle));
            out[outOffset + i + 1] = (float) (radius * BoxMuller.sine(angle));
        }
        if (i < to) {
            out[outOffset + i] = (float) normal(key, step, i);
        }
    }

    static void normal(long key, long step, double[] out, int outOffset, int from, int to) {
        int i = from;
        if (i < to && (i & 1) != 0) {
            out[outOffset + i] = normal(key, step, i);
            i++;
        }
        for (; i + 2 <= to; i += 2) {
            double radius = radius(key, step, i);
            long angle = angle(key, step, i);
            out[outOffset + i] = radius * BoxMuller.cosine(angle);
            out[outOffset + i + 1] = radius * BoxMuller.sine(angle);
        }
        if (i < to) {
            out[outOffset + i] = normal(key, step, i);
        }
    }

    private static double radius(long key, long step, long index) {
        return BoxMuller.radius(Philox.words(index >>> 1 | NORMAL, step, key, false) >>> 11);
    }

    /** The 53 bits of v. */
    private static long angle(long key, long step, long index) {
        return Philox.words(index >>> 1 | NORMAL, step, key, true) >>> 11;
    }
}
