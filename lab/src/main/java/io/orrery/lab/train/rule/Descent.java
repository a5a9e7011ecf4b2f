package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Node;
import io.orrery.lab.model.Forward;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.train.step.StepGraph;

/** The update is given the gradient of the mean loss of the batch. */
@Kind("descent")
@About("the gradient of the mean loss of the batch")
record Descent() implements TrainingRule {
    static Descent defaults() {
        return new Descent();
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
        step.update(step.gradients(loss));
        step.track(forward);
        return loss;
    }

    @Override
    public boolean descendsLoss() {
        return true;
    }
}
