package io.orrery.lab.observe.figure;

import java.util.Optional;

/**
 * A number that a reader looks for first: a reading of the whole network, at the end of the runs.
 *
 * @param split empty if it is read of none
 * @param percent whether it is a fraction shown as a percentage
 * @param unless a quantity of the same instrument and split beside which it is one number too many
 */
public record KeyNumber(String label, String quantity, String split, boolean percent, Optional<String> unless) {
    /** A number as it is. */
    public static KeyNumber of(String label, String quantity, String split) {
        return new KeyNumber(label, quantity, split, false, Optional.empty());
    }

    /** A fraction. */
    public static KeyNumber percent(String label, String quantity, String split) {
        return new KeyNumber(label, quantity, split, true, Optional.empty());
    }

    /** The same, left out where another quantity was read. */
    public KeyNumber unless(String other) {
        return new KeyNumber(label, quantity, split, percent, Optional.of(other));
    }
}
