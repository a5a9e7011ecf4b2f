package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Node;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.train.loss.LabelLoss;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.StepGraph;
import java.util.List;

/**
 * Label smoothing (Szegedy et al. 2016, arXiv 1512.00567, section 7): training descends the loss against (1 - epsilon) y + epsilon / K
 * instead of the one-hot y of K classes; of labels that are bits, against (1 - epsilon) y + epsilon / 2. What is measured as
 * {@code train.loss} stays the spec's loss, against y.
 *
 * @param epsilon share of the target that is spread evenly
 */
@Kind("label-smoothing")
@About("the gradient of the loss against labels of which a share is spread evenly over all classes")
record LabelSmoothing(
        @About("share of each label that is spread evenly; the source took 0.1")
        double epsilon) implements TrainingRule {
    static LabelSmoothing defaults() {
        return new LabelSmoothing(0.1);
    }

    @Override
    public Node addTo(StepGraph step) {
        LabelLoss loss = labels(step.learner().loss());
        Forward forward = step.forward();
        double even = epsilon / (loss.bits() ? 2 : loss.classes());
        Node targets =
                loss.zeroOne(step.batch().targets()).multiply(1 - epsilon).add(even);
        Node mean = loss.against(forward.outputs(), targets).sum().divide(step.count());
        step.update(step.gradients(mean));
        step.track(forward);
        return mean;
    }

    private static LabelLoss labels(Loss loss) {
        return loss.ofLabels("rule.kind: label-smoothing");
    }

    @Override
    public void requireFits(Loss loss) {
        labels(loss);
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        return epsilon > 0 && epsilon < 1
                ? List.of()
                : List.of(new Problem("rule.epsilon", "expected a share above 0 and below 1, found " + epsilon));
    }
}
