package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** Fully connected at each position of a sequence, with one weight for all: [positions, features] to [positions, units]. */
@Kind("positionwise")
public record Positionwise(@About("units") int units) implements Layer {
    private static final Window CELL = Window.square(1, 1, 0);

    /** 32 units. */
    public static Positionwise defaults() {
        return new Positionwise(32);
    }

    @Override
    public Block at(LayerPlace place) {
        place.sequence("a positionwise layer");
        return weights(place, units);
    }

    /** The weight of a place whose input is a sequence. */
    static WeightLayer weights(LayerPlace place, int units) {
        Shape input = place.input();
        int features = input.size(1);
        return place.weighted(
                WeightLayer.Kind.POSITIONWISE,
                input,
                Shape.of(input.size(0), units),
                CELL,
                Shape.of(units, features),
                features,
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
