package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.setup.SpecDocument;

/**
 * One setting of a protocol, run with every seed.
 *
 * @param name in a figure's legend, such as "decay 1e-3"
 * @param work what is trained or computed
 */
public record Arm(String name, Part part, Work work) {
    /** What an arm is for. */
    public enum Part {
        /** Where theory says that the effect is. */
        TREATMENT,
        /** Where theory says that it is not. */
        CONTROL
    }

    /** An arm in which theory says that the effect is. */
    public static Arm treatment(String name, SpecDocument spec) {
        return new Arm(name, Part.TREATMENT, new Work.Training(spec));
    }

    /** An arm in which theory says that the effect is absent. */
    public static Arm control(String name, SpecDocument spec) {
        return new Arm(name, Part.CONTROL, new Work.Training(spec));
    }

    /** An arm that is computed, in which theory says that the effect is. */
    public static Arm treatment(String name, Computation computation, Setting setting) {
        return new Arm(name, Part.TREATMENT, new Work.Computing(computation, setting));
    }

    /** An arm that is computed, in which theory says that the effect is absent. */
    public static Arm control(String name, Computation computation, Setting setting) {
        return new Arm(name, Part.CONTROL, new Work.Computing(computation, setting));
    }

    /**
     * The spec of an arm that is trained.
     *
     * @throws IllegalStateException if it is computed
     */
    public SpecDocument spec() {
        return switch (work) {
            case Work.Training(SpecDocument spec) -> spec;
            case Work.Computing _ ->
                throw new IllegalStateException("the arm " + name + " is computed and has no spec");
        };
    }

    /** A number as people write it in an arm's name: 1e-4, 0.05, 20. */
    public static String number(double value) {
        return Double.toString(value).replaceAll("\\.0(E|$)", "$1").replace('E', 'e');
    }
}
