package io.orrery.lab.train.update;

import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * {@link Adam} with decay that never enters the moments (Loshchilov and Hutter 2019, algorithm 2): w = (1 - rate d) w before the update.
 *
 * @param moments the update by moments
 */
@Serves("004-19")
record AdamW(Adam moments) implements Update {
    @Override
    public List<String> memories() {
        return moments.memories();
    }

    @Override
    public Node updated(UpdateSlot slot, Node start, Node gradient) {
        return moments.updated(slot, start, gradient);
    }

    @Override
    public void set(Execution execution, long step, double rate) {
        moments.set(execution, step, rate);
    }

    @Override
    public boolean dependsOnStep() {
        return moments.dependsOnStep();
    }

    @Override
    public boolean followsGradient() {
        return false;
    }

    @Override
    public boolean decouplesDecay() {
        return true;
    }
}
