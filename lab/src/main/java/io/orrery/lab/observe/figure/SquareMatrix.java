package io.orrery.lab.observe.figure;

import java.util.List;
import java.util.Optional;

/**
 * A K x K matrix of all pairs of classes, given by rows, over time. Its side tells what K is.
 *
 * @param ideal what theory expects off the diagonal
 */
public record SquareMatrix(String title, String caption, String quantity, Optional<Reference> ideal)
        implements FigureSpec {

    /** With what theory expects off the diagonal. */
    public static SquareMatrix of(String title, String caption, String quantity, Reference ideal) {
        return new SquareMatrix(title, caption, quantity, Optional.of(ideal));
    }

    @Override
    public List<String> quantities() {
        return List.of(quantity);
    }
}
