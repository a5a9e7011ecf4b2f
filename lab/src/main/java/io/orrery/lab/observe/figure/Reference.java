package io.orrery.lab.observe.figure;

import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;

/**
 * A number that theory draws into a figure.
 *
 * @param label what it is
 * @param ofClasses its value for K classes; of NaN it must be NaN if it depends on K
 */
public record Reference(String label, DoubleUnaryOperator ofClasses) {
    /** The same whatever the number of classes. */
    public static Reference constant(String label, double value) {
        return new Reference(label, _ -> value);
    }

    /** Its value; NaN if it depends on a number of classes that is not known. */
    public double value(OptionalInt classes) {
        return ofClasses.applyAsDouble(classes.isPresent() ? classes.getAsInt() : Double.NaN);
    }
}
