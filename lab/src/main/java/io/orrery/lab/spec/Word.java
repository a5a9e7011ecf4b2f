package io.orrery.lab.spec;

import java.math.BigDecimal;
import java.util.OptionalInt;

/**
 * A name or a number in a spec, where the two mean different things: {@code 3} is the number, {@code "3"} the name.
 *
 * @param text the name, or the number in its shortest form: 1.0 and 1 are both 1
 */
public record Word(String text, boolean number) {
    private static final int LONGEST = 40;

    /** A name. */
    public static Word name(String text) {
        return new Word(text, false);
    }

    /** A whole number. */
    public static Word number(long value) {
        return new Word(Long.toString(value), true);
    }

    /** A number as it is written. */
    static Word ofLiteral(String literal) {
        BigDecimal value = new BigDecimal(literal);
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        boolean readable = shortest.scale() <= LONGEST && shortest.scale() >= -LONGEST;
        return new Word(readable ? shortest.toPlainString() : shortest.toString(), true);
    }

    /** The number, if it is a whole one. */
    public OptionalInt whole() {
        try {
            return number ? OptionalInt.of(new BigDecimal(text).intValueExact()) : OptionalInt.empty();
        } catch (ArithmeticException fraction) {
            return OptionalInt.empty();
        }
    }

    /** As it is written in a spec. */
    @Override
    public String toString() {
        return number || !text.matches("[-+]?[.]?[0-9].*") ? text : "\"" + text + "\"";
    }
}
