package io.orrery.engine.graph;

import java.util.List;

/**
 * Stores its operand in a named array of the state when the plan ends: every {@link Leaf.StateValue} of the plan reads
 * the value from before the run. Allowed in training plans only.
 */
public record Assign(String label) implements Operation {
    @Override
    public String name() {
        return "assign " + label;
    }

    @Override
    public Shape shape(List<Node> inputs) {
        return inputs.getFirst().shape();
    }
}
