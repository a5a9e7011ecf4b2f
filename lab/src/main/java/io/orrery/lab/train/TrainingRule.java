package io.orrery.lab.train;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.spec.Choice;
import io.orrery.lab.spec.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What one step of training does: what it remembers, how that begins, and the nodes that it adds to the graph of a step. A rule is a
 * record of its settings; adding one means one file with a {@code @Kind} name, its test, and its name in the permits clause here.
 */
@Choice
public sealed interface TrainingRule
        permits Descent,
                GradientNoise,
                DirectFeedbackAlignment,
                LabelSmoothing,
                AbsoluteDecay,
                EncouragingLoss,
                EarlyLearning,
                Distillation,
                ContinualBackpropagation,
                DeepSupervision {
    /** Descent of the loss: what a spec without a rule asks for. */
    static TrainingRule standard() {
        return Descent.defaults();
    }

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

    /** Models among the rule's settings, by the keys of the spec under which they stand, such as {@code rule.teacher}. */
    default SequencedMap<String, ModelSpec> models() {
        return new LinkedHashMap<>();
    }

    /** Sets the rule's own scalar inputs for the step that follows so many steps, at a learning rate. */
    default void set(Execution execution, long step, double rate) {}

    /** Sets scalar inputs that nothing reads but what a step assigns: a step that is only looked at has none of them. */
    default void setAssigned(Execution execution, long step, double rate) {}

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    default boolean dependsOnStep() {
        return false;
    }

    /** Whether {@link #memory} holds something of each training example, by its place: it means nothing for other examples. */
    default boolean remembersExamples() {
        return false;
    }

    /** Whether a step draws random numbers, and so reads {@link StepGraph#step}. */
    default boolean drawsAtRandom() {
        return false;
    }

    /**
     * Whether parameters follow the gradient of the spec's loss, undisturbed, as formulas for its gradient flow assume. Instruments
     * that hold a run against such a formula say nothing where not.
     */
    boolean descendsLoss();

    /**
     * Refuses targets that the rule has no use for.
     *
     * @throws io.orrery.lab.UserError naming the rule and what it needs
     */
    default void requireFits(Loss loss) {}

    /** What is wrong with the rule for such a model and loss, by keys of the spec; empty if nothing is. */
    default List<Problem> problems(ModelSpec model, LossSpec loss) {
        return List.of();
    }
}
