package io.orrery.lab.model.layer;

import io.orrery.lab.model.Block;
import io.orrery.lab.spec.Choice;
import java.util.List;

/**
 * One layer of a {@link io.orrery.lab.model.Layered} architecture. Activation (and batch normalization) follow dense, conv,
 * local and positionwise. A kind is a record of its settings with a {@code @Kind} name: one file, its test, and its name in the permits clause.
 */
@Choice("kind")
public sealed interface Layer
        permits Dense,
                Conv,
                Local,
                MaxPool,
                AveragePool,
                GlobalPool,
                Pade,
                Residual,
                Embedding,
                LayerNorm,
                Positionwise,
                Attention,
                FeedForward,
                TransformerBlock,
                SequencePool,
                Lstm,
                Rnn {

    /**
     * The layer with its sizes, as it stands at a place of a network.
     *
     * @throws io.orrery.lab.UserError if it does not fit its input
     * @throws io.orrery.engine.graph.ShapeException if a window does not fit its input
     */
    Block at(LayerPlace place);

    /** What must hold of its settings, whatever its input. */
    void check(LayerCheck check);

    /** Whether it, or a layer in it, has a weight matrix or kernel. */
    default boolean weighted() {
        return false;
    }

    /** Whether what it hands on, as the last layer, is the product of a weight (and a bias): whether it can be the output layer. */
    default boolean endsInProduct() {
        return weighted() && inner().isEmpty();
    }

    /** Whether all that it has of weights is one matrix or kernel, through which everything passes: a link of a chain of products. */
    default boolean singleProduct() {
        return false;
    }

    /** The layers that it consists of; none for most. */
    default List<Layer> inner() {
        return List.of();
    }

    /** What theory may assume of it. */
    default Traits traits() {
        return Traits.PLAIN;
    }
}
