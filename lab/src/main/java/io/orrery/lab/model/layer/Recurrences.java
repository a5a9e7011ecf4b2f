package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.ModelSpec.Initialization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.recurrent.Recurrence;
import java.util.List;

/** Gives recurrent layers their weights. */
final class Recurrences {
    private Recurrences() {}

    /**
     * A recurrence at a place: a weight of the input, called weight_ih, one of the state, weight_hh, and a bias.
     *
     * @param what needs the sequence, for messages
     * @param gates how many numbers the cell takes for each unit
     * @param bias what the bias starts from, one number for each of the gates of each unit
     */
    static Recurrence at(LayerPlace place, String what, int units, int gates, List<Double> bias, Recurrence.Cell cell) {
        Shape input = place.sequence(what);
        Shape states = Shape.of(input.size(0), units);
        WeightLayer ofInput = Positionwise.weights(place.part("weight_ih", input, false, false), gates * units);
        WeightLayer ofState = Positionwise.weights(place.part("weight_hh", states, false, false), gates * units)
                .starting(Initialization.ORTHOGONAL);
        Parameter added = new Parameter(
                place.name() + ".bias",
                place.name(),
                Shape.of(gates * units),
                input.size(1),
                gates * units,
                Parameter.Role.COEFFICIENT);
        return new Recurrence(place.name(), states, ofInput, ofState, added, bias, cell);
    }
}
