package io.orrery.lab.run;

import io.orrery.engine.plan.Execution;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.TrainingPlan;
import io.orrery.lab.train.step.Learner;
import java.util.Optional;

/**
 * A task while it is trained: its batches, the step on them, and what instruments are shown of it.
 *
 * @param task from 0
 * @param start updates done before its first
 * @param clock the step of the run from which rule and update count theirs: 0, or the start of a task that resets what they remember
 * @param whole a step on a regular batch
 * @param rest a step on the last batch of an epoch, where that is smaller
 */
record Stage(
        int task,
        long start,
        long clock,
        Learner learner,
        BatchOrder order,
        Bound whole,
        Optional<Bound> rest,
        Observer observer) {
    /** A step with memory of its own, bound to the run's state and the task's examples. */
    record Bound(TrainingPlan plan, Execution execution) {
        private double run(BatchOrder order, long ofTask, long step) {
            plan.set(execution, order, order.prepare(ofTask), step);
            execution.run();
            return plan.loss(execution);
        }
    }

    /** Sets what steps need from outside, beside their examples, for the update that follows a step. */
    void set(long step, double rate) {
        learner.set(whole.execution, step - clock, rate);
        rest.ifPresent(last -> learner.set(last.execution, step - clock, rate));
    }

    /** Does the update that follows a step of the run, and returns the loss of its batch before it. */
    double advance(long step) {
        return (beforeWholeBatch(step) ? whole : rest.orElse(whole)).run(order, step - start, step);
    }

    /** Whether the update that follows a step sees a batch of the regular size. */
    boolean beforeWholeBatch(long step) {
        return rest.isEmpty() || !order.endsEpoch(step - start);
    }
}
