package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;

/**
 * Batch normalization of one layer (Ioffe and Szegedy 2015) in PyTorch's convention: eps 1e-5, the biased variance within
 * the batch, the unbiased one in the running statistics, running = 0.9 old + 0.1 new.
 */
public record BatchNormalization(Parameter gain, Parameter shift, Statistic mean, Statistic variance) {
    static final double EPSILON = 1e-5;
    static final double NEW_SHARE = 0.1;

    /** Of a layer, with one gain, shift, mean and variance per channel. */
    public static BatchNormalization of(String layer, int channels) {
        String name = layer + ".norm";
        Shape shape = Shape.of(channels);
        return new BatchNormalization(
                new Parameter(name + ".weight", layer, shape, 1, 1, Parameter.Role.GAIN),
                new Parameter(name + ".bias", layer, shape, 1, 1, Parameter.Role.SHIFT),
                new Statistic(name + ".running_mean", shape, 0),
                new Statistic(name + ".running_var", shape, 1));
    }
}
