package io.orrery.lab.theory.shape;

import io.orrery.lab.spec.Serves;

/**
 * Sizes along one axis of layers that slide a window: convolution, pooling, transposed convolution (Dumoulin and Visin 2016, A guide to
 * convolution arithmetic for deep learning, arXiv 1603.07285, whose abstract was read; the formulas count windows and are held against
 * layers that are executed).
 *
 * @param kind of layer
 * @param kernel k, 1 or more
 * @param stride s, 1 or more
 * @param padding p, zeros on either side, 0 or more; a transposed layer cuts as much off
 * @param dilation d, the distance between neighbours in the window, 1 or more
 * @param extra a, what a transposed layer adds at the end, from 0 to below the stride; else 0
 */
@Serves("002-089")
public record SlidingLayer(Kind kind, int kernel, int stride, int padding, int dilation, int extra) {
    /** Kinds of layers. */
    public enum Kind {
        /** Weighted sums of windows. */
        CONV,
        /** Means or maxima of windows: the same places as a convolution's. */
        POOL,
        /** The transpose of a convolution as a linear map. */
        TRANSPOSED
    }

    /** Refuses what is no such layer, with what was found. */
    public SlidingLayer {
        require(kernel >= 1, "a kernel of at least 1", kernel);
        require(stride >= 1, "a stride of at least 1", stride);
        require(padding >= 0, "a padding of at least 0", padding);
        require(dilation >= 1, "a dilation of at least 1", dilation);
        require(
                extra >= 0 && extra < (kind == Kind.TRANSPOSED ? stride : 1),
                kind == Kind.TRANSPOSED ? "extra places from 0 to below the stride" : "no extra places",
                extra);
    }

    /** How far a window reaches: d (k - 1) + 1. */
    public long reach() {
        return (long) dilation * (kernel - 1) + 1;
    }

    /**
     * The size that comes out: floor((i + 2 p - reach) / s) + 1, for a transposed layer s (i - 1) + reach - 2 p + a.
     *
     * @param size i, 1 or more
     * @throws IllegalArgumentException if no window fits, or nothing is left
     */
    public long output(long size) {
        require(size >= 1, "an input of at least 1", size);
        if (kind == Kind.TRANSPOSED) {
            long result = stride * (size - 1) + reach() - 2L * padding + extra;
            require(result >= 1, "something left after " + padding + " places are cut off either end", result);
            return result;
        }
        long free = size + 2L * padding - reach();
        require(free >= 0, "a window of " + reach() + " to fit into " + size + " and padding " + padding, free);
        return free / stride + 1;
    }

    /**
     * The transposed layer that gives back the size that a convolution or pooling was given: a = (i + 2 p - reach) mod s.
     *
     * @param size i
     */
    public SlidingLayer transposed(long size) {
        output(size);
        int left = Math.toIntExact((size + 2L * padding - reach()) % stride);
        return new SlidingLayer(Kind.TRANSPOSED, kernel, stride, padding, dilation, left);
    }

    private static void require(boolean met, String expected, long found) {
        if (!met) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
