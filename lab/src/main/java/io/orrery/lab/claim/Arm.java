package io.orrery.lab.claim;

import io.orrery.lab.setup.SpecDocument;

/**
 * One setting of a protocol, run with every seed.
 *
 * @param name in a figure's legend, such as "decay 1e-3"
 * @param spec without seeds and grid
 */
public record Arm(String name, Part part, SpecDocument spec) {
    /** What an arm is for. */
    public enum Part {
        /** Where theory says that the effect is. */
        TREATMENT,
        /** Where theory says that it is not. */
        CONTROL
    }

    /** An arm in which theory says that the effect is. */
    public static Arm treatment(String name, SpecDocument spec) {
        return new Arm(name, Part.TREATMENT, spec);
    }

    /** An arm in which theory says that the effect is absent. */
    public static Arm control(String name, SpecDocument spec) {
        return new Arm(name, Part.CONTROL, spec);
    }

    /** A number as people write it in an arm's name: 1e-4, 0.05, 20. */
    public static String number(double value) {
        return Double.toString(value).replaceAll("\\.0(E|$)", "$1").replace('E', 'e');
    }
}
