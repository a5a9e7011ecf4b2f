package io.orrery.lab.train;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What learns: a network with its loss, the update of its parameters, and the rule of a step.
 *
 * @param examples size of the training set
 */
public record Learner(TrainingRule rule, Network network, Loss loss, Optimizer optimizer, int examples) {
    /** The parameters that updates change, in the order of the network. */
    public List<Parameter> trained() {
        return optimizer.trained();
    }

    /** Names and shapes of what steps remember beside parameters and statistics: the update's memory, then the rule's. */
    public SequencedMap<String, Shape> memory() {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>(optimizer.memory());
        memory.putAll(rule.memory(this));
        return memory;
    }

    /** What of {@link #memory} does not begin at 0, by name. */
    public SequencedMap<String, double[]> initial(long seed) {
        return rule.initial(this, seed);
    }

    /** Sets what a step needs from outside, beside its examples. */
    public void set(Execution execution, long step, double rate) {
        optimizer.set(execution, step, rate);
        rule.set(execution, step, rate);
    }

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    public boolean dependsOnStep() {
        return optimizer.dependsOnStep() || rule.dependsOnStep();
    }

    /** Whether a step draws random numbers, and so needs its number as an input. */
    public boolean drawsAtRandom() {
        return network.drawsAtRandom() || rule.drawsAtRandom();
    }
}
