package io.orrery.engine.gradient;

import io.orrery.engine.graph.Assign;
import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Layout;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Product;
import io.orrery.engine.graph.Reduction;

/**
 * The table of rules. A rule gets a node and the scalar's derivative with respect to it ({@code upstream}, of the node's
 * shape) and adds to each operand its share. Rules use the operations of the graph only, so that they can be
 * differentiated themselves.
 */
final class GradientRules {
    private GradientRules() {}

    static void propagate(Node node, Node upstream, Adjoints adjoints) {
        switch (node.operation()) {
            case Elementwise.Unary unary -> ElementwiseRules.unary(unary.function(), node, upstream, adjoints);
            case Elementwise.Binary binary -> ElementwiseRules.binary(binary.function(), node, upstream, adjoints);
            case Elementwise.Select _ -> ElementwiseRules.select(node, upstream, adjoints);
            case Elementwise.MultiplyAdd _ -> ElementwiseRules.multiplyAdd(node, upstream, adjoints);
            case Reduction.Sum sum -> ReductionRules.sum(sum, node, upstream, adjoints);
            case Product product -> ProductRules.product(product, node, upstream, adjoints);
            case Convolution convolution -> ConvolutionRules.convolution(convolution, node, upstream, adjoints);
            case Pooling.WindowSum sum -> PoolingRules.windowSum(sum, node, upstream, adjoints);
            case Pooling.WindowSpread spread -> PoolingRules.windowSpread(spread, node, upstream, adjoints);
            case Layout layout -> LayoutRules.layout(layout, node, upstream, adjoints);
            case Indexing indexing -> IndexingRules.indexing(indexing, node, upstream, adjoints);
            // Positions are integers, and what comes from outside or from a stream depends on nothing.
            case Reduction.ArgMax _, Pooling.MaximumPositions _, Leaf _, Draw _, Assign _ -> {}
        }
    }
}
