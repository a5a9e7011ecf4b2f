package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LabelLoss;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The encouraging loss (Zhao et al. 2022, arXiv 2110.06537): cross-entropy gains a bonus b(p) for the probability p of the true
 * class, b(p) = log(1 - p) up to p = bonusEnd and its tangent there beyond it. The gradient in the true logit is -1 up to that
 * probability, where cross-entropy has -(1 - p), and -(1 - p) - p (1 - p) / (1 - bonusEnd) beyond it. What is measured as
 * {@code train.loss}, and shown as progress, stays cross-entropy.
 *
 * @param bonusEnd probability from which on the bonus is linear
 * @param weight factor of the bonus, 1 in the source
 */
@Serves("002-088")
@Kind("encouraging-loss")
@About("the gradient of cross-entropy plus a bonus for examples that are decided rightly")
record EncouragingLoss(
        @About(
                "probability of the true class from which on the bonus log(1 - p) goes on as its tangent; the source took 0.75")
        double bonusEnd,

        @About("factor of the bonus, for controls; the source has none")
        double weight)
        implements TrainingRule {
    static EncouragingLoss defaults() {
        return new EncouragingLoss(0.75, 1);
    }

    @Override
    public Node addTo(StepGraph step) {
        LabelLoss loss = classes(step.learner().loss());
        Forward forward = step.forward();
        Node mean = step.meanLoss(forward);
        Node bonus = bonus(forward.outputs(), loss.zeroOne(step.batch().targets()));
        step.update(step.gradients(mean.add(bonus.sum().multiply(weight / step.count()))));
        step.track(forward);
        return mean;
    }

    /**
     * b(p) of each example, as log max(1 - p, 1 - end) - max(p - end, 0) / (1 - end), with 1 - p summed over the other classes so
     * that it does not cancel.
     */
    private Node bonus(Node outputs, Node oneHot) {
        Node shares = Composites.softmax(outputs);
        Node right = shares.multiply(oneHot).sum(-1);
        Node wrong = shares.multiply(oneHot.negate().add(1)).sum(-1);
        Node rest = outputs.graph().constant(1 - bonusEnd);
        return wrong.maximum(rest)
                .logarithm()
                .subtract(right.subtract(bonusEnd).relu().divide(1 - bonusEnd));
    }

    private static LabelLoss classes(Loss loss) {
        LabelLoss labels = loss.ofLabels("rule.kind: encouraging-loss");
        if (labels.bits()) {
            throw new UserError(
                    "rule.kind: encouraging-loss needs targets that are classes, those of these data are bits: leave it out, or"
                            + " take other data");
        }
        return labels;
    }

    @Override
    public void requireFits(Loss loss) {
        classes(loss);
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(bonusEnd > 0 && bonusEnd < 1)) {
            problems.add(new Problem("rule.bonusEnd", "expected a probability above 0 and below 1, found " + bonusEnd));
        }
        if (!(weight > 0 && Double.isFinite(weight))) {
            problems.add(new Problem("rule.weight", "expected a finite factor above 0, found " + weight));
        }
        if (loss.kind() != LossSpec.Kind.CROSS_ENTROPY) {
            problems.add(new Problem(
                    "loss.kind", "expected cross-entropy with encouraging-loss, whose bonus is of its probabilities"));
        }
        return problems;
    }
}
