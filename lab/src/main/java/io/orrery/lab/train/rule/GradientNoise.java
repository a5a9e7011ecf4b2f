package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Draw.Distribution;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Annealed Gaussian gradient noise (Neelakantan et al. 2015, arXiv 1511.06807): each coordinate of the gradient of the loss gains an
 * independent normal number of variance eta / (1 + t)^gamma, t counting the steps done before. Drawn from the streams
 * {@code noise/PARAMETER} of the run's seed, before decay enters the gradient.
 *
 * @param eta variance of the noise at the first step, in squared units of the gradient
 * @param gamma power by which it falls
 */
@Serves("002-031")
@Kind("gradient-noise")
@About("the gradient plus normal noise of variance eta / (1 + step)^gamma in each coordinate")
record GradientNoise(
        @About("variance of the noise at the first step; the source tried 0.01, 0.3 and 1")
        double eta,

        @About("power by which the variance falls; the source took 0.55")
        double gamma)
        implements TrainingRule {
    private static final String DEVIATION = "noiseDeviation";

    static GradientNoise defaults() {
        return new GradientNoise(0.01, 0.55);
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
        Node deviation = step.graph().scalarInput(DEVIATION);
        List<Node> gradients = step.gradients(loss);
        List<Node> noisy = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            Parameter parameter = step.learner().trained().get(i);
            Node noise =
                    step.graph().draw(Distribution.NORMAL, "noise/" + parameter.name(), parameter.shape(), step.step());
            noisy.add(noise.multiplyAdd(deviation, gradients.get(i)));
        }
        step.update(noisy);
        step.track(forward);
        return loss;
    }

    @Override
    public void set(Execution execution, long step, double rate) {
        execution.setScalar(DEVIATION, deviation(step));
    }

    /** Standard deviation of each coordinate's noise in the step that follows so many steps. */
    double deviation(long step) {
        return Math.sqrt(eta / StrictMath.pow(1.0 + step, gamma));
    }

    @Override
    public boolean dependsOnStep() {
        return true;
    }

    @Override
    public boolean drawsAtRandom() {
        return true;
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(eta > 0 && Double.isFinite(eta))) {
            problems.add(new Problem("rule.eta", "expected a finite variance above 0, found " + eta));
        }
        if (!(gamma >= 0 && Double.isFinite(gamma))) {
            problems.add(new Problem("rule.gamma", "expected a finite power, 0 or above, found " + gamma));
        }
        return problems;
    }
}
