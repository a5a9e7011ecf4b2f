package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Node;
import io.orrery.lab.spec.About;

/**
 * What is minimized. The data term is a mean over examples; see {@code docs/conventions.md}. What fits which kind of target says
 * {@link Loss}: real targets take the square loss, tokens cross-entropy, labels either.
 */
public record LossSpec(
        @About("square or cross-entropy") Kind kind,

        @About(
                "targets of the square loss of classes: one-hot, plus-minus (+1 true class, -1 others) or single (one output, +1 or -1; two classes)")
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

    /**
     * Sums or averages a loss of each output, with the half of the square loss.
     *
     * @param each [batch, outputs]
     * @return [batch]
     */
    Node overOutputs(Node each, int outputs) {
        double factor = (reduction == Reduction.MEAN ? 1.0 / outputs : 1.0) * (half && kind == Kind.SQUARE ? 0.5 : 1.0);
        Node sums = each.sum(1);
        return factor == 1 ? sums : sums.multiply(factor);
    }

    /** Square loss on one-hot targets, summed over outputs, no half. */
    public static LossSpec defaults() {
        return new LossSpec(Kind.SQUARE, Targets.ONE_HOT, Reduction.SUM, false);
    }
}
