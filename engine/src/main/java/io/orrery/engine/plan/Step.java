package io.orrery.engine.plan;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Product;
import java.util.List;

/**
 * Values computed together: a group of elementwise ones of equal length in topological order, perhaps with the product before
 * them that they are handed; the parts of a pooling; or any single one.
 */
record Step(List<Value> members) {
    Step {
        members = List.copyOf(members);
    }

    /** Whether the step becomes a program of elementwise instructions. */
    boolean isElementwise() {
        return members.stream().allMatch(member -> member.operation() instanceof Elementwise);
    }

    /** Whether the first member is a product and the others are the chain that it is handed to. */
    boolean isProductChain() {
        return members.size() > 1
                && members.getFirst().operation() instanceof Product
                && members.stream().skip(1).allMatch(member -> member.operation() instanceof Elementwise);
    }

    /** Elements of each member. */
    int length() {
        return members.getFirst().count();
    }
}
