package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;

/**
 * An array that training updates without a gradient: a running mean or variance of batch normalization.
 *
 * @param name PyTorch's name, such as layers.0.norm.running_mean
 * @param initial what every element starts from
 */
public record Statistic(String name, Shape shape, double initial) {}
