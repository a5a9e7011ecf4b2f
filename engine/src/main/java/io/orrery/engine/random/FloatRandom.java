package io.orrery.engine.random;

/**
 * Whole arrays of random numbers; element i depends on (key, step, i) alone, as {@link Draws} says. Keys come from
 * {@link RandomStream#key}. Parts divide the elements.
 */
public final class FloatRandom {
    private FloatRandom() {}

    /** Uniform in [0, 1). */
    public static void uniform(long key, long step, float[] out, int outOffset, int length, int part, int parts) {
        Draws.uniform(key, step, out, outOffset, start(length, part, parts), start(length, part + 1, parts));
    }

    /** Normal with mean 0 and variance 1. */
    public static void normal(long key, long step, float[] out, int outOffset, int length, int part, int parts) {
        Draws.normal(key, step, out, outOffset, start(length, part, parts), start(length, part + 1, parts));
    }

    private static int start(int length, int part, int parts) {
        return (int) ((long) length * part / parts);
    }
}
