package io.orrery.engine.gradient;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;

/** Taking from positions and adding to positions are each other's transpose. Positions have no derivative. */
final class IndexingRules {
    private IndexingRules() {}

    static void indexing(Indexing indexing, Node y, Node upstream, Adjoints adjoints) {
        Node x = y.input(0);
        if (!adjoints.wants(x)) {
            return;
        }
        Graph graph = y.graph();
        switch (indexing) {
            case Indexing.TakeRows _ ->
                adjoints.add(x, graph.add(new Indexing.AddRows(x.shape().size(0)), upstream, y.input(1)));
            case Indexing.AddRows _ -> adjoints.add(x, upstream.takeRows(y.input(1)));
            case Indexing.TakeAlong take -> {
                int axis = take.axis();
                adjoints.add(x, graph.add(new Indexing.AddAlong(axis, x.shape().size(axis)), upstream, y.input(1)));
            }
            case Indexing.AddAlong add -> adjoints.add(x, upstream.takeAlong(y.input(1), add.axis()));
            case Indexing.OneHot _, Indexing.SameIndex _, Indexing.TakeIndices _ -> {}
        }
    }
}
