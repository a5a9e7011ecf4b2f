package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import java.util.List;
import java.util.Optional;

/** A layer that knows its sizes. */
sealed interface Block permits WeightLayer, Block.Pool, Block.GlobalPool, Block.Residual {

    /** Shape of what comes out for one example. */
    Shape output();

    /** Pooling over windows. */
    record Pool(Window window, boolean maximum, Shape output) implements Block {}

    /** The mean of each channel. */
    record GlobalPool(Shape output) implements Block {}

    /** The sum of the inner layers' result and the input, projected where the shapes differ. */
    record Residual(String name, List<Block> inner, Optional<WeightLayer> projection, Shape output) implements Block {}
}
