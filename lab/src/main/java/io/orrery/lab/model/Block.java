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

    /** Floating-point operations of its products for one example (a multiply-add counts 2). */
    default long flops() {
        return layers().stream()
                .mapToLong(layer -> 2L * layer.output().count() * layer.columns())
                .sum();
    }

    /** Elements of the largest array that one example becomes within it or on leaving it. */
    default int largestActivation() {
        return layers().stream()
                .mapToInt(
                        layer -> Math.max(layer.input().count(), layer.output().count()))
                .max()
                .orElse(1);
    }

    /** How many tokens it tells apart, where examples are numbers of tokens; 0 where they are reals. */
    default int vocabulary() {
        return 0;
    }

    /** Standard deviations with which its {@link Parameter.Role#TABLE tables} start, by the names of their arrays. */
    default SequencedMap<String, Double> initialDeviations() {
        return new TreeMap<>();
    }

    /** Where its {@link Parameter.Role#COEFFICIENT coefficients} start, by the names of their arrays. */
    default SequencedMap<String, List<Double>> initialCoefficients() {
        return new TreeMap<>();
    }
}
