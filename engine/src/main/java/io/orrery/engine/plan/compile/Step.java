package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Product;
import java.util.List;

/**
 * Values computed together: a group of elementwise ones of equal length in topological order, perhaps with the product before
 * them that they are handed; the parts of a pooling; the steps of an image chain; or any single one.
 *
 * @param members in topological order
 * @param links the steps of an image chain, in order, whose members these are; else none
 */
record Step(List<Value> members, List<Step> links) {
    Step {
        members = List.copyOf(members);
        links = List.copyOf(links);
    }

    static Step of(List<Value> members) {
        return new Step(members, List.of());
    }

    static Step imageChain(List<Step> links) {
        return new Step(links.stream().flatMap(link -> link.members().stream()).toList(), links);
    }

    boolean isImageChain() {
        return !links.isEmpty();
    }

    /** Whether the step becomes a program of elementwise instructions. */
    boolean isElementwise() {
        return !isImageChain() && members.stream().allMatch(member -> member.operation() instanceof Elementwise);
    }

    /** Whether the first member is a product and the others are the chain that it is handed to. */
    boolean isProductChain() {
        return members.size() > 1
                && !isImageChain()
                && members.getFirst().operation() instanceof Product
                && members.stream().skip(1).allMatch(member -> member.operation() instanceof Elementwise);
    }

    /** Elements of each member. */
    int length() {
        return members.getFirst().count();
    }
}
