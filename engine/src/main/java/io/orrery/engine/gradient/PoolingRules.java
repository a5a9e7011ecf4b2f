package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Pooling;

/** Summing over windows and spreading over windows are each other's transpose. */
final class PoolingRules {
    private PoolingRules() {}

    static void windowSum(Pooling.WindowSum sum, Node y, Node upstream, Adjoints adjoints) {
        Node x = y.input(0);
        Pooling.WindowSpread spread = new Pooling.WindowSpread(
                sum.window(), x.shape().size(2), x.shape().size(3));
        adjoints.add(x, y.graph().add(spread, upstream));
    }

    static void windowSpread(Pooling.WindowSpread spread, Node y, Node upstream, Adjoints adjoints) {
        adjoints.add(y.input(0), y.graph().add(new Pooling.WindowSum(spread.window()), upstream));
    }
}
