package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;
import java.util.List;

/** Reverse-mode derivatives of a scalar. */
public final class Gradient {
    private Gradient() {}

    /**
     * Adds nodes for the gradient of a scalar with respect to each of the given nodes; zeros where the scalar does not
     * depend on one. The new nodes can be differentiated again.
     */
    public static List<Node> of(Node scalar, List<Node> withRespectTo) {
        throw new UnsupportedOperationException("gradient of " + scalar + withRespectTo);
    }
}
