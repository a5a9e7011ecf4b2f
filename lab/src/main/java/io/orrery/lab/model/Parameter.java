package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;

/**
 * A trained array of a network.
 *
 * @param name PyTorch's name, such as layers.0.weight
 * @param layer the layer that it belongs to, such as layers.0; empty for the scale rho
 * @param fanIn numbers that enter one output of the layer
 * @param fanOut outputs that one number enters
 */
public record Parameter(String name, String layer, Shape shape, int fanIn, int fanOut, Role role) {
    /** What a parameter does; decay and initialization depend on it. */
    public enum Role {
        /** A matrix or kernel. */
        WEIGHT,
        /** The direction v of a weight-normalized matrix; each row of its own. */
        DIRECTION,
        /** The norms g of the rows of a weight-normalized matrix. */
        MAGNITUDE,
        /** Added after the product. */
        BIAS,
        /** The factor of batch or layer normalization. */
        GAIN,
        /** The addend of batch or layer normalization. */
        SHIFT,
        /** Rows that are looked up by token or position. */
        TABLE,
        /** Numbers of a trained activation or of a recurrent cell, which start where their layer says. */
        COEFFICIENT,
        /** The one scale rho of a network under frobenius normalization. */
        SCALE
    }
}
