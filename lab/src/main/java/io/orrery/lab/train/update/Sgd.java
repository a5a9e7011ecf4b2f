package io.orrery.lab.train.update;

import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * Gradient descent as PyTorch defines it: w = w - rate g; with momentum v = m v + g, w = w - rate v; Nesterov's
 * w = w - rate (g + m v).
 *
 * @param momentum m, from 0 to below 1
 * @param nesterov whether to look ahead
 */
@Serves("004-19")
record Sgd(double momentum, boolean nesterov) implements Update {
    private static final String BUFFER = "momentum_buffer";

    @Override
    public List<String> memories() {
        return momentum == 0 ? List.of() : List.of(BUFFER);
    }

    @Override
    public Node updated(UpdateSlot slot, Node start, Node gradient) {
        Node direction = gradient;
        if (momentum != 0) {
            Node share = slot.constant(momentum);
            Node velocity = slot.remembered(BUFFER).multiplyAdd(share, gradient);
            slot.remember(BUFFER, velocity);
            direction = nesterov ? velocity.multiplyAdd(share, gradient) : velocity;
        }
        return direction.multiplyAdd(slot.scalar(UpdateSlot.MINUS_RATE), start);
    }

    @Override
    public void set(Execution execution, long step, double rate) {
        execution.setScalar(UpdateSlot.MINUS_RATE, -rate);
    }

    @Override
    public boolean dependsOnStep() {
        return false;
    }

    @Override
    public boolean followsGradient() {
        return true;
    }

    @Override
    public boolean decouplesDecay() {
        return false;
    }
}
