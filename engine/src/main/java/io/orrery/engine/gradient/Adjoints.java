package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The derivatives of the scalar with respect to the nodes met so far, as sums of contributions in the order in which
 * they arrive. Contributions to nodes that do not depend on a wanted one are dropped.
 */
final class Adjoints {
    private final Set<Node> wanted = new HashSet<>();
    private final Map<Node, Node> sums = new HashMap<>();

    /** Keeps contributions to the given nodes and to all nodes of the graph that depend on them. */
    Adjoints(List<Node> graph, List<Node> withRespectTo) {
        wanted.addAll(withRespectTo);
        for (Node node : graph) {
            if (node.inputs().stream().anyMatch(wanted::contains)) {
                wanted.add(node);
            }
        }
    }

    /** Whether the gradient needs the derivative with respect to this node. */
    boolean wants(Node node) {
        return wanted.contains(node);
    }

    /** Adds a contribution of the node's shape; or, for a scalar operand of an elementwise operation, sums it first. */
    void add(Node node, Node contribution) {
        if (!wants(node)) {
            return;
        }
        Node fitting = node.shape().isScalar() ? contribution.sum() : contribution;
        sums.merge(node, fitting, Node::add);
    }

    /** The derivative collected for a node. */
    Optional<Node> of(Node node) {
        return Optional.ofNullable(sums.get(node));
    }
}
