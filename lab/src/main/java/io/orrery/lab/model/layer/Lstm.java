package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.recurrent.Recurrence.Cell;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), unrolled over the positions of a
 * sequence from states of 0: [positions, features] to [positions, units]. With i, f, o the sigmoid and g the tanh of W x_t + U h_(t-1) + b,
 * c_t = f c_(t-1) + i g and h_t = o tanh c_t. Rows of W, U and b stand in the order i, f, g, o, as in PyTorch's {@code LSTM}, whose
 * weight_ih_l0, weight_hh_l0 and sum of biases they are. U starts orthogonal, b with 1 for the forget gate and 0 else.
 */
@Kind("lstm")
@Serves("004-29")
public record Lstm(@About("numbers in the state") int units) implements Layer {
    static final Traits TRAITS =
            new Traits(Optional.of("the state of a recurrent layer goes through tanh"), false, false, 1);
    private static final int GATES = 4;

    /** 32 units. */
    public static Lstm defaults() {
        return new Lstm(32);
    }

    @Override
    public Block at(LayerPlace place) {
        return Recurrences.at(place, "an LSTM", units, GATES, initialBias(), new Memory(units));
    }

    private List<Double> initialBias() {
        Double[] bias = new Double[GATES * units];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = i / units == 1 ? 1.0 : 0.0;
        }
        return List.of(bias);
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
    public boolean endsInProduct() {
        return false;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    /** States are [c, h]. */
    private record Memory(int units) implements Cell {
        @Override
        public List<Node> next(Node given, List<Node> before) {
            Node input = part(given, 0).sigmoid();
            Node forget = part(given, 1).sigmoid();
            Node candidate = part(given, 2).tanh();
            Node output = part(given, 3).sigmoid();
            Node kept = before.isEmpty()
                    ? input.multiply(candidate)
                    : forget.multiply(before.getFirst()).add(input.multiply(candidate));
            return List.of(kept, output.multiply(kept.tanh()));
        }

        private Node part(Node given, int gate) {
            return given.slice(
                    new int[] {0, gate * units}, Shape.of(given.shape().size(0), units));
        }
    }
}
