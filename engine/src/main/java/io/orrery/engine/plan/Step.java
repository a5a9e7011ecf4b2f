package io.orrery.engine.plan;

import io.orrery.engine.graph.Elementwise;
import java.util.List;

/**
 * Values computed together: a group of elementwise ones of equal length in topological order, the parts of a pooling, or any
 * single one.
 */
record Step(List<Value> members) {
    Step {
        members = List.copyOf(members);
    }

    /** Whether the step becomes a program of elementwise instructions. */
    boolean isElementwise() {
        return members.stream().allMatch(member -> member.operation() instanceof Elementwise);
    }

    /** Elements of each member. */
    int length() {
        return members.getFirst().count();
    }
}
