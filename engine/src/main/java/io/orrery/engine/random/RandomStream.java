package io.orrery.engine.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random numbers by Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011), keyed by (seed, stream name, step, index). A value
 * depends on nothing else: not on the order of calls, threads or other streams. Immutable. Indices are in 0..2^48-1.
 */
public final class RandomStream {
    private static final long INDEX_LIMIT = 1L << 48;

    private final long key;

    private RandomStream(long key) {
        this.key = key;
    }

    /** The stream of a seed and a name, such as {@code init/layer1}. */
    public static RandomStream of(long seed, String name) {
        return new RandomStream(key(seed, name));
    }

    /**
     * The Philox key of a seed and a stream's name: the first 8 bytes, as a little-endian number, of the SHA-256 of the
     * seed (8 bytes, little-endian) and the name (UTF-8).
     */
    public static long key(long seed, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(Long.BYTES + text.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putLong(seed).put(text);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.array());
            return ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Uniform in [0, 1) with 53 bits. */
    public double uniform(long step, long index) {
        return Draws.uniform(key, step, checked(index));
    }

    /** Normal with mean 0 and variance 1. */
    public double normal(long step, long index) {
        return Draws.normal(key, step, checked(index));
    }

    /** Uniform integer in [0, bound), without bias. */
    public int integer(long step, long index, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("the bound of a random integer must be at least 1, found " + bound);
        }
        return Draws.integer(key, step, checked(index), bound);
    }

    /** {@link #uniform} of indices from..from+count-1. */
    public double[] uniforms(long step, int from, int count) {
        double[] values = new double[count];
        Draws.uniform(key, step, values, -from, from, Math.addExact(from, count));
        return values;
    }

    /** {@link #normal} of indices 0..count-1. */
    public double[] normals(long step, int count) {
        double[] values = new double[count];
        Draws.normal(key, step, values, 0, 0, count);
        return values;
    }

    /** A permutation of 0..count-1 (Fisher-Yates), one per step: element j, from the last, swaps with integer j of j+1. */
    public int[] permutation(long step, int count) {
        int[] order = new int[count];
        for (int j = 0; j < count; j++) {
            order[j] = j;
        }
        for (int j = count - 1; j > 0; j--) {
            int other = Draws.integer(key, step, j, j + 1);
            int moved = order[j];
            order[j] = order[other];
            order[other] = moved;
        }
        return order;
    }

    private static long checked(long index) {
        if (index < 0 || index >= INDEX_LIMIT) {
            throw new IllegalArgumentException("a random index must be in 0..2^48-1, found " + index);
        }
        return index;
    }
}
