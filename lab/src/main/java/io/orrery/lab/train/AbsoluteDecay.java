package io.orrery.lab.train;

import io.orrery.engine.graph.Node;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;

/**
 * The penalty of the lasso (Tibshirani 1996): the loss gains lambda times the sum of |w| over the weights, no biases and no scales of
 * batch normalization; its gradient is lambda sign(w), 0 at 0. The decay of the spec acts beside it.
 *
 * @param lambda factor of the sum of absolute values
 */
@Serves("004-09")
@Kind("l1")
@About("the gradient of the mean loss plus lambda times the sum of the weights' absolute values")
record AbsoluteDecay(
        @About("factor of the sum of absolute values; decay.lambda acts beside it")
        double lambda) implements TrainingRule {
    static AbsoluteDecay defaults() {
        return new AbsoluteDecay(1e-4);
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
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
