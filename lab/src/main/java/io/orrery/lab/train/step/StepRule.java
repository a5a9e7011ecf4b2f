package io.orrery.lab.train.step;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a step asks of a training rule: what it remembers, how that begins, and the nodes that it adds to the graph of a step. */
public interface StepRule {
    /**
     * Adds a step: from the examples of its batch and the present values to assignments, most often by way of
     * {@link StepGraph#update}.
     *
     * @return the mean loss of the batch before the step, a scalar: what is shown as progress and watched for divergence
     */
    Node addTo(StepGraph step);

    /**
     * Names and shapes of arrays of the state that are the rule's own, beside the parameters and the memory of the update: a memory of
     * each example, fixed feedback. Names begin with {@code rule.}.
     */
    default SequencedMap<String, Shape> memory(Learner learner) {
        return new LinkedHashMap<>();
    }

    /**
     * Values of {@link #memory} before the first step, by name; zeros where there are none.
     *
     * @param seed of the run; random numbers come from streams of it by name
     */
    default SequencedMap<String, double[]> initial(Learner learner, long seed) {
        return new LinkedHashMap<>();
    }

    /**
     * Networks that the rule needs beside the main one: a teacher, a generator, a probe. A step has each by {@link StepGraph#network}.
     *
     * @param main the network that is trained for the spec's loss, measured and exported
     */
    default List<NetworkRole> networks(Network main) {
        return List.of();
    }

    /** Sets the rule's own scalar inputs for the step that follows so many steps, at a learning rate. */
    default void set(Execution execution, long step, double rate) {}

    /** Sets scalar inputs that nothing reads but what a step assigns: a step that is only looked at has none of them. */
    default void setAssigned(Execution execution, long step, double rate) {}

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    default boolean dependsOnStep() {
        return false;
    }

    /** Whether a step draws random numbers, and so reads {@link StepGraph#step}. */
    default boolean drawsAtRandom() {
        return false;
    }
}
