package io.orrery.lab.train;

import io.orrery.lab.spec.About;

/** What is minimized. The data term is a mean over examples; see {@code docs/conventions.md}. */
public record LossSpec(
        @About("square or cross-entropy") Kind kind,

        @About(
                "targets of the square loss: one-hot, plus-minus (+1 true class, -1 others) or single (one output, +1 or -1; two classes)")
        Targets targets,

        @About("sum or mean over outputs") Reduction reduction,
        @About("multiply the square loss by one half") boolean half) {
    /** Which loss. */
    public enum Kind {
        SQUARE,
        CROSS_ENTROPY
    }

    /** Targets of the square loss. */
    public enum Targets {
        ONE_HOT,
        PLUS_MINUS,
        SINGLE
    }

    /** What happens over outputs. */
    public enum Reduction {
        SUM,
        MEAN
    }

    /** Square loss on one-hot targets, summed over outputs, no half. */
    public static LossSpec defaults() {
        return new LossSpec(Kind.SQUARE, Targets.ONE_HOT, Reduction.SUM, false);
    }
}
