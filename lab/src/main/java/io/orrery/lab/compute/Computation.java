package io.orrery.lab.compute;

import java.util.List;

/**
 * A pure function of a seed and a setting, in double: the evidence of a claim that needs no training. It reads no file, no
 * clock and no state, draws from {@link io.orrery.engine.random.RandomStream} with its seed, and calls {@link StrictMath}
 * wherever {@link Math} may differ between machines, so that the same question gets the same bits anywhere, on any number
 * of threads. One evaluation takes seconds: it is what an interruption waits for, and what is computed again after a crash.
 */
public interface Computation {
    /** In lower case with hyphens; series are named after it: {@code NAME.QUANTITY}. */
    String name();

    /** Raised whenever a number that it gives changes: what the lab book holds of another version is not used. */
    int version();

    /** What it computes, in a sentence for people. */
    String about();

    /** All that a setting holds. */
    List<Parameter> parameters();

    /**
     * The numbers of one seed and setting.
     *
     * @param setting has a value within its limits for every parameter, and nothing else
     */
    Results compute(long seed, Setting setting);
}
