package io.orrery.lab.compute;

import java.util.List;

/**
 * A pure function of a seed and a setting, in double: the evidence of a claim that needs no training. It reads no file, no
 * clock and no state, draws from {@link io.orrery.engine.random.RandomStream} with its seed, and calls {@link StrictMath}
 * wherever {@link Math} may differ between machines, so that the same question gets the same bits anywhere, on any number
 * of threads. One evaluation takes seconds: it is what an interruption waits for, and what is computed again after a crash.
 */
public interface Computation extends Procedure {
    /**
     * What the numbers depend on besides seed and setting, each with a name that changes whenever it does: states of runs.
     * Nothing for most; part of the id of what is computed.
     */
    default List<String> of() {
        return List.of();
    }

    /**
     * The numbers of one seed and setting.
     *
     * @param setting has a value within its limits for every parameter, and nothing else
     */
    Results compute(long seed, Setting setting);
}
