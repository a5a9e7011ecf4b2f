package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.ArrayList;
import java.util.List;

/** Fully connected layers. */
@Kind("mlp")
public record Mlp(@About("units of each hidden layer") List<Integer> widths) implements Architecture {
    /** Two hidden layers of 256 units. */
    public static Mlp defaults() {
        return new Mlp(List.of(256, 256));
    }

    @Override
    public List<Layer> layers(Shape example, int outputs) {
        List<Layer> layers = new ArrayList<>();
        widths.forEach(units -> layers.add(new Dense(units)));
        layers.add(new Dense(outputs));
        return List.copyOf(layers);
    }
}
