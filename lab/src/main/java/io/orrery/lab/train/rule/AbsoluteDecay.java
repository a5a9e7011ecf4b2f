package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Later;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The penalty of the lasso (Tibshirani 1996): the loss gains lambda times the sum of |w| over the weights, no biases and no scales of
 * batch normalization; its gradient is lambda sign(w), 0 at 0. The decay of the spec acts beside it.
 *
 * <p>Along that gradient no weight comes to rest at 0. The proximal step does not use it: after the update of the loss each weight
 * becomes sign(w) max(|w| - rate lambda, 0), the soft threshold, so that zeros are exact (Donoho and Johnstone 1994; as a step of descent,
 * Daubechies, Defrise and De Mol 2004). For plain gradient descent this descends the same objective; after a step with momentum or of Adam
 * the threshold is the same, the rate of the step times lambda. What the rule hands to the update is then the gradient of the loss alone.
 *
 * @param lambda factor of the sum of absolute values
 * @param proximal whether weights are thresholded after the update, in place of the gradient of the penalty
 */
@Serves("004-09")
@Kind("l1")
@About("the gradient of the mean loss plus lambda times the sum of the weights' absolute values")
record AbsoluteDecay(
        @About("factor of the sum of absolute values; decay.lambda acts beside it")
        double lambda,

        @Later
        @About("threshold weights by the learning rate times lambda after each update instead: zeros are then exact")
        boolean proximal)
        implements TrainingRule {
    private static final String THRESHOLD = "rule.threshold";

    static AbsoluteDecay defaults() {
        return new AbsoluteDecay(1e-4, false);
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
        if (proximal) {
            Node threshold = step.graph().scalarInput(THRESHOLD);
            step.main()
                    .update(
                            step.gradients(loss),
                            (parameter, updated) -> parameter.role() == Parameter.Role.WEIGHT
                                    ? updated.subtract(
                                            updated.minimum(threshold).maximum(threshold.negate()))
                                    : updated);
            step.track(forward);
            return loss;
        }
        List<Parameter> trained = step.learner().trained();
        List<Node> gradients = new ArrayList<>(step.gradients(loss));
        for (int i = 0; i < trained.size(); i++) {
            if (trained.get(i).role() == Parameter.Role.WEIGHT) {
                Node sign = step.value(trained.get(i)).sign();
                gradients.set(i, sign.multiplyAdd(step.graph().constant(lambda), gradients.get(i)));
            }
        }
        step.update(gradients);
        step.track(forward);
        return loss;
    }

    @Override
    public void setAssigned(Execution execution, long step, double rate) {
        if (proximal) {
            execution.setScalar(THRESHOLD, rate * lambda);
        }
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            problems.add(new Problem("rule.lambda", "expected a finite number above 0, found " + lambda));
        }
        if (model.normalization() == Normalization.FROBENIUS || model.normalization() == Normalization.WEIGHT) {
            problems.add(new Problem(
                    "model.normalization",
                    "expected none or batch with rule.kind: l1, for under frobenius and weight normalization the size of a weight"
                            + " says nothing"));
        }
        return problems;
    }
}
