package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.spec.Choice;
import java.util.List;

/** The layers of a classifier before they know their sizes. */
@Choice("kind")
public sealed interface Architecture permits Mlp, Cnn, Layered {
    /** The layers for examples of a shape, the output layer included. */
    List<Layer> layers(Shape example, int outputs);
}
