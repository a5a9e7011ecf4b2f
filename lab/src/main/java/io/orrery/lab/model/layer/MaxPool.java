package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Optional;

/** The largest pixel of each window. */
@Kind("max-pool")
public record MaxPool(
        @About("window size") int kernel, @About("stride") int stride) implements Layer {
    /** 2 x 2, stride 2. */
    public static MaxPool defaults() {
        return new MaxPool(2, 2);
    }

    @Override
    public Block at(LayerPlace place) {
        Window window = Window.square(kernel, stride, 0);
        return new Pooled(window, place.windowed(place.image("pooling").size(0), window));
    }

    @Override
    public void check(LayerCheck check) {
        check.window(kernel, stride, 0);
    }

    @Override
    public Traits traits() {
        return new Traits(Optional.empty(), stride >= kernel, false, 1);
    }

    private record Pooled(Window window, Shape output) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            return x.maxPool(window);
        }
    }
}
