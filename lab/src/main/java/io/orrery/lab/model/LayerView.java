package io.orrery.lab.model;

import io.orrery.engine.graph.Node;

/**
 * One weight layer within a graph.
 *
 * @param layer the layer with its sizes
 * @param weight the weight as the network uses it (after weight normalization; V_k under frobenius)
 * @param producer name of the layer whose activation enters; empty for the examples themselves
 * @param input what enters: [batch, features] or [batch, channels, height, width]
 * @param preActivation the product plus bias, before batch normalization
 * @param activation what the layer hands on, dropout not included
 */
public record LayerView(
        WeightLayer layer, Node weight, String producer, Node input, Node preActivation, Node activation) {}
