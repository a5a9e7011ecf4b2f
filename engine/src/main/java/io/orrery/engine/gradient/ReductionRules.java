package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Reduction;
import io.orrery.engine.graph.Shape;

/** A sum hands its derivative to every summand. */
final class ReductionRules {
    private ReductionRules() {}

    static void sum(Reduction.Sum sum, Node y, Node upstream, Adjoints adjoints) {
        Node x = y.input(0);
        Shape kept = x.shape();
        for (int axis : sum.axes().toArray()) {
            kept = kept.with(axis, 1);
        }
        Node spread = upstream.shape().isScalar() ? upstream : upstream.reshape(kept);
        adjoints.add(x, spread.broadcast(x.shape()));
    }
}
