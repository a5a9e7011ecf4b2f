package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** The mean of each window. */
@Kind("average-pool")
public record AveragePool(
        @About("window size") int kernel, @About("stride") int stride) implements Layer {
    /** 2 x 2, stride 2. */
    public static AveragePool defaults() {
        return new AveragePool(2, 2);
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

    private record Pooled(Window window, Shape output) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            return x.averagePool(window);
        }
    }
}
