package io.orrery.lab.train.update;

import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) as PyTorch computes it: moments m = b1 m + (1 - b1) g and v = b2 v + (1 - b2) g^2, then
 * w = w - rate / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + epsilon), t counting updates from 1.
 *
 * @param beta1 b1, from 0 to below 1
 * @param beta2 b2, from 0 to below 1
 * @param epsilon added to the root of the second moment
 */
@Serves("004-19")
record Adam(double beta1, double beta2, double epsilon) implements Update {
    private static final String FIRST = "exp_avg";
    private static final String SECOND = "exp_avg_sq";
    private static final String ROOT_CORRECTION = "rootCorrection";

    @Override
    public List<String> memories() {
        return List.of(FIRST, SECOND);
    }

    @Override
    public Node updated(UpdateSlot slot, Node start, Node gradient) {
        Node oldFirst = slot.remembered(FIRST);
        Node oldSecond = slot.remembered(SECOND);
        Node first = gradient.subtract(oldFirst).multiplyAdd(slot.constant(1 - beta1), oldFirst);
        Node second = oldSecond.multiply(beta2).add(gradient.square().multiply(1 - beta2));
        slot.remember(FIRST, first);
        slot.remember(SECOND, second);
        Node root = second.squareRoot().divide(slot.scalar(ROOT_CORRECTION)).add(epsilon);
        return first.divide(root).multiplyAdd(slot.scalar(UpdateSlot.MINUS_RATE), start);
    }

    @Override
    public void set(Execution execution, long step, double rate) {
        double count = step + 1.0;
        execution.setScalar(UpdateSlot.MINUS_RATE, -rate / (1 - StrictMath.pow(beta1, count)));
        execution.setScalar(ROOT_CORRECTION, Math.sqrt(1 - StrictMath.pow(beta2, count)));
    }

    @Override
    public boolean dependsOnStep() {
        return true;
    }

    @Override
    public boolean followsGradient() {
        return false;
    }

    @Override
    public boolean decouplesDecay() {
        return false;
    }
}
