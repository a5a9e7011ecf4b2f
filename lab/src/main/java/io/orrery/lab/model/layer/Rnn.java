package io.orrery.lab.model.layer;

import io.orrery.lab.model.Block;
import io.orrery.lab.model.recurrent.Recurrence.Cell;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Collections;
import java.util.List;

/**
 * A plain recurrent layer (Elman 1990), unrolled over the positions of a sequence from a state of 0: [positions, features] to
 * [positions, units] by h_t = phi(W x_t + U h_(t-1) + b) with phi the tanh or nothing. W, U and b are weight_ih_l0, weight_hh_l0 and the
 * sum of the biases of PyTorch's {@code RNN}. U starts orthogonal, b at 0.
 */
@Kind("rnn")
public record Rnn(
        @About("numbers in the state") int units,
        @About("tanh or linear, at each position") Phi phi) implements Layer {
    /** What is done to the state at each position. */
    public enum Phi {
        TANH,
        LINEAR
    }

    /** 32 units, tanh. */
    public static Rnn defaults() {
        return new Rnn(32, Phi.TANH);
    }

    @Override
    public Block at(LayerPlace place) {
        Cell cell = phi == Phi.TANH ? (given, _) -> List.of(given.tanh()) : (given, _) -> List.of(given);
        return Recurrences.at(place, "a recurrent layer", units, 1, Collections.nCopies(units, 0.0), cell);
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
        return Lstm.TRAITS;
    }
}
