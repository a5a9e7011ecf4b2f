package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** Fully connected; images are flattened first. */
@Kind("dense")
public record Dense(@About("units") int units) implements Layer {
    private static final Window CELL = Window.square(1, 1, 0);

    @Override
    public Block at(LayerPlace place) {
        return weights(place);
    }

    WeightLayer weights(LayerPlace place) {
        int inputs = place.input().count();
        return place.weighted(
                WeightLayer.Kind.DENSE,
                Shape.of(inputs),
                Shape.of(units),
                CELL,
                Shape.of(units, inputs),
                inputs,
                units);
    }

    @Override
    public void check(LayerCheck check) {
        check.width("units", units);
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public boolean singleProduct() {
        return true;
    }
}
