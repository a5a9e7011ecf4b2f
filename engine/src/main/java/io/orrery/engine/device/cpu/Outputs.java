package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.plan.Plan;

/** Finds outputs by name. */
final class Outputs {
    private Outputs() {}

    static Plan.Output of(Plan plan, String label, ElementType type) {
        Plan.Output output = plan.outputs().get(label);
        if (output == null) {
            throw new IllegalArgumentException("the plan has no output '" + label + "'; it has "
                    + String.join(", ", plan.outputs().keySet()));
        }
        if (output.type() != type) {
            throw new IllegalArgumentException(
                    "output '" + label + "' holds " + name(output.type()) + ", not " + name(type));
        }
        return output;
    }

    static String name(ElementType type) {
        return switch (type) {
            case REAL -> "real numbers";
            case INDEX -> "integers";
        };
    }
}
