package io.orrery.lab.model;

import io.orrery.engine.graph.Node;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network applied to a batch within a graph.
 *
 * @param outputs [batch, outputs]; under frobenius normalization g = rho f
 * @param layers weight layers in forward order
 * @param statistics the new values of the network's statistics in training mode, by name; empty in evaluation mode
 */
public record Forward(Node outputs, List<LayerView> layers, SequencedMap<String, Node> statistics) {}
