package io.orrery.lab.train.rule;

import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.spec.Choice;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.StepRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What one step of training does, and for which specs. A rule is a record of its settings; adding one means one file with a {@code @Kind} name, its test, and its name in the permits clause here.
 */
@Choice
public sealed interface TrainingRule extends StepRule
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

    /** Models among the rule's settings, by the keys of the spec under which they stand, such as {@code rule.teacher}. */
    default SequencedMap<String, ModelSpec> models() {
        return new LinkedHashMap<>();
    }

    /** Whether {@link #memory} holds something of each training example, by its place: it means nothing for other examples. */
    default boolean remembersExamples() {
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
