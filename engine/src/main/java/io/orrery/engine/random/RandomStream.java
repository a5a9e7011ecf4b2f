package io.orrery.engine.random;

/**
 * Random numbers by Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011), keyed by (seed, stream name, step, index). A value
 * depends on nothing else: not on the order of calls, threads or other streams. Immutable.
 */
public final class RandomStream {
    private final long seed;
    private final String name;

    private RandomStream(long seed, String name) {
        this.seed = seed;
        this.name = name;
    }

    /** The stream of a seed and a name, such as {@code init/layer1}. */
    public static RandomStream of(long seed, String name) {
        return new RandomStream(seed, name);
    }

    /** Uniform in [0, 1) with 53 bits. */
    public double uniform(long step, long index) {
        throw new UnsupportedOperationException(seed + name + step + index);
    }

    /** Normal with mean 0 and variance 1. */
    public double normal(long step, long index) {
        throw new UnsupportedOperationException(seed + name + step + index);
    }

    /** Uniform integer in [0, bound), without bias. */
    public int integer(long step, long index, int bound) {
        throw new UnsupportedOperationException(seed + name + step + index + bound);
    }

    /** A permutation of 0..count-1 (Fisher-Yates), one per step. */
    public int[] permutation(long step, int count) {
        throw new UnsupportedOperationException(seed + name + step + count);
    }
}
