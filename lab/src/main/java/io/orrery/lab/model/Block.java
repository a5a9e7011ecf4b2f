package io.orrery.lab.model;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A layer that knows its sizes, and what it does to a batch. */
public interface Block {

    /** Shape of what comes out for one example. */
    Shape output();

    /**
     * Adds its nodes to a pass.
     *
     * @param x [batch, ...input]
     * @return [batch, ...output]
     */
    Node apply(Node x, ForwardPass pass);

    /** Its layers with weights, in forward order; a projection after the layers that it goes around. */
    default List<WeightLayer> layers() {
        return List.of();
    }

    /** Its trained arrays in the order of {@link Network#parameters}. */
    default List<Parameter> parameters() {
        return layers().stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** Where its {@link Parameter.Role#COEFFICIENT coefficients} start, by the names of their arrays. */
    default SequencedMap<String, List<Double>> initialCoefficients() {
        return new TreeMap<>();
    }
}
