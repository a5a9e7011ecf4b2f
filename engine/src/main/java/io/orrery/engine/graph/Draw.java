package io.orrery.engine.graph;

import java.util.List;

/**
 * Random numbers from the counter-based generator, keyed by (seed of the execution, stream, step, element): the same at
 * every call with the same step. The only operand is the step, a scalar index.
 */
public record Draw(Distribution distribution, String stream, Shape shape) implements Operation {
    /** What is drawn. */
    public enum Distribution {
        /** Uniform in [0, 1). */
        UNIFORM,
        /** Normal with mean 0 and variance 1. */
        NORMAL
    }

    @Override
    public String name() {
        return "draw-" + distribution.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Shape shape(List<Node> inputs) {
        Node step = inputs.getFirst();
        if (step.type() != ElementType.INDEX || !step.shape().isScalar()) {
            throw new ShapeException(name() + ": the step must be a scalar index, found " + step.shape());
        }
        return shape;
    }
}
