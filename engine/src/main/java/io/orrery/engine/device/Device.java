package io.orrery.engine.device;

import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;

/**
 * What runs plans. A plan says what is computed and in which order sums are taken; a device gives it memory and kernels, and every
 * device gives the same bits.
 */
public interface Device {
    /** What it is, in a few words. */
    String name();

    /**
     * Memory of its own for a plan, bound to a state; the seed feeds the plan's draws.
     *
     * @throws IllegalArgumentException if the state lacks an array that the plan names, or has it in another shape or
     *     precision
     */
    Execution bind(Plan plan, State state, long seed);

    /** Bytes that each execution of a plan allocates beside {@link Plan#arenaBytes}. */
    long scratchBytes(Plan plan);
}
