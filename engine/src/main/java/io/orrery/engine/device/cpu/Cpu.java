package io.orrery.engine.device.cpu;

import io.orrery.engine.device.Device;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import java.util.function.ToIntFunction;

/**
 * The processors of this machine.
 *
 * @param workers the threads among which large calls are divided
 */
public record Cpu(Workers workers) implements Device {
    /** On the calling thread alone. */
    public static Cpu single() {
        return new Cpu(Workers.single());
    }

    @Override
    public String name() {
        return workers.threads() == 1 ? "one thread" : workers.threads() + " threads";
    }

    @Override
    public Execution bind(Plan plan, State state, long seed) {
        return plan.precision() == Precision.SINGLE
                ? new FloatExecution(plan, state, seed, workers)
                : new DoubleExecution(plan, state, seed, workers);
    }

    /** On one thread: the working memory of the neediest call. */
    @Override
    public long scratchBytes(Plan plan) {
        ToIntFunction<Call> length = call -> plan.precision() == Precision.SINGLE
                ? FloatBinder.scratchLength(call, 1)
                : DoubleBinder.scratchLength(call, 1);
        return (long) plan.calls().stream().mapToInt(length).max().orElse(0)
                * plan.precision().bytes();
    }
}
