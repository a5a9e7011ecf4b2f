package io.orrery.engine.plan.compile;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which rewrites the compiler may use. None changes a bit of any result.
 *
 * @param passes those that it may use
 */
public record Rewrites(Set<Pass> passes) {
    /** All of them. */
    public static final Rewrites ALL = new Rewrites(EnumSet.allOf(Pass.class));

    /** Each node its own call and buffer: the reference that all rewrites must equal bit for bit. */
    public static final Rewrites NONE = new Rewrites(EnumSet.noneOf(Pass.class));

    /** One rewrite. */
    public enum Pass {
        /** Nodes that compute the same are computed once, scalar constants are folded: {@link LiveValues}. */
        MERGING,
        /** Reshapes, slices and broadcasts are read where they lie: {@link Views}. */
        VIEWS,
        /** Elementwise values of equal length become one loop: {@link Fusion}. */
        FUSION,
        /** Values whose lives do not overlap share memory, results are written where they end: {@link Placement}. */
        PLACEMENT,
        /** A relu moves behind the max pooling that follows it: {@link PooledRelu}. */
        POOLED_RELU,
        /** The calls of a max pooling become one: {@link PoolSteps}. */
        POOL_STEPS,
        /** Products are handed to the one chain that reads them, in strips of rows: {@link ProductChains}. */
        PRODUCT_CHAINS,
        /** What is done image by image is done for a few images at a time: {@link ImageChains}. */
        IMAGE_CHAINS
    }

    /** Copies the set. */
    public Rewrites {
        passes = Collections.unmodifiableSet(passes.isEmpty() ? EnumSet.noneOf(Pass.class) : EnumSet.copyOf(passes));
    }

    /** The same without one. */
    public Rewrites without(Pass pass) {
        EnumSet<Pass> others = EnumSet.complementOf(EnumSet.of(pass));
        others.retainAll(passes);
        return new Rewrites(others);
    }

    /** Whether a rewrite may be used. */
    boolean use(Pass pass) {
        return passes.contains(pass);
    }
}
