package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.ArrayList;
import java.util.List;

/** Any sequence of layers. */
@Kind("layers")
public record Layered(
        @About("the layers in order") List<Layer> layers,

        @About("whether a dense output layer is added; without it the last layer must give one number per output")
        boolean outputLayer)
        implements Architecture {
    /** No hidden layer: a linear classifier. */
    public static Layered defaults() {
        return new Layered(List.of(), true);
    }

    @Override
    public List<Layer> layers(Shape example, int outputs) {
        List<Layer> all = new ArrayList<>(layers);
        if (outputLayer) {
            all.add(new Dense(outputs));
        }
        return List.copyOf(all);
    }
}
