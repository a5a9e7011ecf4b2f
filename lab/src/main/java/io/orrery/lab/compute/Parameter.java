package io.orrery.lab.compute;

import io.orrery.lab.UserError;
import java.util.Locale;

/**
 * A number that a computation depends on.
 *
 * @param name one word, as {@code --set NAME=VALUE} has it
 * @param about what it is, with its unit
 * @param least the smallest value that there is an answer for
 * @param most the largest
 * @param whole whether only whole numbers make sense
 */
public record Parameter(String name, String about, double least, double most, boolean whole) {
    /** A whole number. */
    public static Parameter whole(String name, String about, long least, long most) {
        return new Parameter(name, about, least, most, true);
    }

    /** Any number within limits, both of which it may be. */
    public static Parameter real(String name, String about, double least, double most) {
        return new Parameter(name, about, least, most, false);
    }

    /**
     * The value itself, if it may be one.
     *
     * @throws UserError if it lies outside, or is a fraction of what comes whole
     */
    double require(double value) {
        if (!(value >= least && value <= most) || whole && value != Math.rint(value)) {
            throw new UserError(name + "=" + Setting.number(value) + ": " + about + " must be "
                    + (whole ? "a whole number" : "a number") + " from " + Setting.number(least) + " to "
                    + Setting.number(most));
        }
        return value;
    }

    /**
     * The value that a user wrote.
     *
     * @throws UserError if it is no number, or not one of this parameter's
     */
    double parse(String text) {
        try {
            return require(Double.parseDouble(text.strip().toLowerCase(Locale.ROOT)));
        } catch (NumberFormatException none) {
            throw new UserError(name + "=" + text + ": " + about + " must be a number", none);
        }
    }
}
