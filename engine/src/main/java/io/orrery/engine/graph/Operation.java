package io.orrery.engine.graph;

import java.util.List;

/**
 * What a node computes. The set is closed: everything that the laboratory trains or measures is composed of these, and
 * the gradient of each is again composed of these ({@code io.orrery.engine.gradient}). Operations are values; two nodes
 * with equal operations and inputs compute the same.
 */
public sealed interface Operation
        permits Leaf, Elementwise, Reduction, Product, Convolution, Pooling, Layout, Indexing, Draw, Assign {

    /** The name in messages and plan descriptions, in lower case with hyphens. */
    String name();

    /**
     * The shape of the result.
     *
     * @throws ShapeException if the operands do not fit; the message names this operation and the shapes
     */
    Shape shape(List<Node> inputs);

    /** What the result's elements are. */
    default ElementType type() {
        return ElementType.REAL;
    }
}
