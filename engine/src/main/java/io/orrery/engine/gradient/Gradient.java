package io.orrery.engine.gradient;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.ShapeException;
import java.util.List;

/** Reverse-mode derivatives of a scalar. */
public final class Gradient {
    private Gradient() {}

    /**
     * Adds nodes for the gradient of a scalar with respect to each of the given nodes; zeros where the scalar does not
     * depend on one. The new nodes can be differentiated again: the gradient of {@code <gradient, v>} is the
     * Hessian-vector product.
     *
     * @return one node per given node, of its shape
     * @throws ShapeException if the first node is not a scalar
     */
    public static List<Node> of(Node scalar, List<Node> withRespectTo) {
        if (!scalar.shape().isScalar()) {
            throw new ShapeException("gradient: only a scalar can be differentiated, found shape " + scalar.shape()
                    + "; take its sum or mean first");
        }
        Graph graph = scalar.graph();
        List<Node> forward = List.copyOf(graph.nodes().subList(0, scalar.id() + 1));
        Adjoints adjoints = new Adjoints(forward, withRespectTo);
        adjoints.add(scalar, graph.constant(1));
        for (Node node : forward.reversed()) {
            if (adjoints.wants(node)) {
                adjoints.of(node).ifPresent(upstream -> GradientRules.propagate(node, upstream, adjoints));
            }
        }
        return withRespectTo.stream()
                .map(node -> adjoints.of(node).orElseGet(() -> graph.filled(node.shape(), 0)))
                .toList();
    }
}
