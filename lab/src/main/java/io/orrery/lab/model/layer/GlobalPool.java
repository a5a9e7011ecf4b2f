package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.spec.Kind;

/** The mean of each channel. */
@Kind("global-pool")
public record GlobalPool() implements Layer {
    /** No settings. */
    public static GlobalPool defaults() {
        return new GlobalPool();
    }

    @Override
    public Block at(LayerPlace place) {
        return new Pooled(Shape.of(place.image("global pooling").size(0)));
    }

    @Override
    public void check(LayerCheck check) {
        // Has no settings.
    }

    private record Pooled(Shape output) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            double pixels = (double) x.shape().size(2) * x.shape().size(3);
            return x.sum(2, 3).divide(pixels);
        }
    }
}
