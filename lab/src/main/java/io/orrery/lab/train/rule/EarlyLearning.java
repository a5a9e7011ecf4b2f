package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
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
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Early-learning regularization (Liu et al. 2020, arXiv 2007.00151; their code github.com/shengliu66/ELR): each training example has a
 * target t, an average of what the network said of it, t = beta t + (1 - beta) p at each visit, and training descends cross-entropy plus
 * lambda log(1 - p . t), p the softmax of the outputs clipped to between 1e-4 and 1 - 1e-4. In t, where it is constant, p is divided by its sum.
 * Targets begin at 0 and are the array {@code rule.targets} [examples, classes] of the state. What is measured as {@code train.loss}, and
 * shown as progress, stays cross-entropy.
 *
 * @param lambda factor of the regularization
 * @param beta share of the old target that is kept
 */
@Serves("002-178")
@Kind("early-learning")
@About("cross-entropy plus lambda log(1 - p . t), t an average of what the network said of the example before")
record EarlyLearning(
        @About("factor of the regularization; the source took 3 for evenly noisy labels of ten classes")
        double lambda,

        @About("share of an example's old target that a visit keeps; the source took 0.7")
        double beta)
        implements TrainingRule {
    private static final double CLIP = 1e-4;
    private static final String TARGETS = "rule.targets";

    static EarlyLearning defaults() {
        return new EarlyLearning(3, 0.7);
    }

    @Override
    public Node addTo(StepGraph step) {
        int classes = classes(step.learner().loss()).classes();
        Forward forward = step.forward();
        Node mean = step.meanLoss(forward);
        Node low = step.graph().constant(CLIP);
        Node high = step.graph().constant(1 - CLIP);
        Node shares = Composites.softmax(forward.outputs()).maximum(low).minimum(high);
        Node said =
                shares.divide(shares.sum(1).reshape(Shape.of(step.count(), 1))).heldConstant();
        ExampleMemory memory = new ExampleMemory(TARGETS, classes);
        Node targets = memory.read(step).multiply(beta).add(said.multiply(1 - beta));
        memory.write(step, targets);
        Node penalty = shares.multiply(targets.heldConstant())
                .sum(1)
                .negate()
                .add(1)
                .logarithm()
                .sum()
                .multiply(lambda / step.count());
        step.update(step.gradients(mean.add(penalty)));
        step.track(forward);
        return mean;
    }

    @Override
    public SequencedMap<String, Shape> memory(Learner learner) {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        int classes = classes(learner.loss()).classes();
        memory.put(TARGETS, new ExampleMemory(TARGETS, classes).shape(learner));
        return memory;
    }

    private static LabelLoss classes(Loss loss) {
        LabelLoss labels = loss.ofLabels("rule.kind: early-learning");
        if (labels.bits()) {
            throw new UserError(
                    "rule.kind: early-learning needs targets that are classes, those of these data are bits: leave it out, or take"
                            + " other data");
        }
        return labels;
    }

    @Override
    public void requireFits(Loss loss) {
        classes(loss);
    }

    @Override
    public boolean remembersExamples() {
        return true;
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(lambda >= 0 && Double.isFinite(lambda))) {
            problems.add(new Problem("rule.lambda", "expected a finite factor, 0 or above, found " + lambda));
        }
        if (!(beta >= 0 && beta < 1)) {
            problems.add(new Problem("rule.beta", "expected a share from 0 to below 1, found " + beta));
        }
        if (loss.kind() != LossSpec.Kind.CROSS_ENTROPY) {
            problems.add(new Problem(
                    "loss.kind", "expected cross-entropy with early-learning, whose targets are its probabilities"));
        }
        return problems;
    }
}
