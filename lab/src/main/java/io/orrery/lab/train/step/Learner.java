package io.orrery.lab.train.step;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.update.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What learns: a network with its loss, the update of its parameters, and the rule of a step.
 *
 * @param network the main one
 * @param examples size of the training set
 * @param others networks that the rule asked for beside it
 */
public record Learner(
        StepRule rule, Network network, Loss loss, Optimizer optimizer, int examples, List<RoleNetwork> others) {
    /** Copies the list. */
    public Learner {
        others = List.copyOf(others);
    }

    /** The parameters that updates change, in the order of the network. */
    public List<Parameter> trained() {
        return optimizer.trained();
    }

    /** Names and shapes of parameters and statistics of all networks, those of the main one first. */
    public SequencedMap<String, Shape> arrays() {
        SequencedMap<String, Shape> arrays = new LinkedHashMap<>(network.arrays());
        others.forEach(other -> arrays.putAll(other.arrays()));
        return arrays;
    }

    /** Names and shapes of what steps remember beside parameters and statistics: the memory of updates, then the rule's. */
    public SequencedMap<String, Shape> memory() {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>(optimizer.memory());
        others.forEach(other -> other.optimizer().ifPresent(own -> memory.putAll(own.memory())));
        memory.putAll(rule.memory(this));
        return memory;
    }

    /** Parameters and statistics of the other networks before the first step, by name. */
    public SequencedMap<String, double[]> initialOthers(long seed) {
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        others.forEach(other -> values.putAll(other.initial(seed)));
        return values;
    }

    /** What of {@link #memory} does not begin at 0, by name. */
    public SequencedMap<String, double[]> initial(long seed) {
        return rule.initial(this, seed);
    }

    /** Sets what a step needs from outside, beside its examples. */
    public void set(Execution execution, long step, double rate) {
        optimizer.set(execution, step, rate);
        for (RoleNetwork other : others) {
            other.optimizer().ifPresent(own -> own.set(execution, step, rate));
        }
        rule.set(execution, step, rate);
        rule.setAssigned(execution, step, rate);
    }

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    public boolean dependsOnStep() {
        return optimizer.dependsOnStep() || rule.dependsOnStep();
    }

    /** Whether a step draws random numbers, and so needs its number as an input. */
    public boolean drawsAtRandom() {
        return network.drawsAtRandom()
                || rule.drawsAtRandom()
                || others.stream().anyMatch(other -> other.network().drawsAtRandom());
    }
}
