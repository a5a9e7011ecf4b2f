package io.orrery.lab.examine;

import io.orrery.lab.compute.Procedure;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import java.util.List;

/**
 * A pure function of states of runs, their data, a seed and a setting: what a claim asks of networks that other arms trained,
 * such as how the loss goes between two of them. It reads nothing but its arguments, draws from
 * {@link io.orrery.engine.random.RandomStream} with its seed, and calls {@link StrictMath} where {@link Math} may differ between
 * machines, so that it gives the same bits anywhere, on any number of threads. One takes seconds: it is what an interruption
 * waits for.
 */
public interface Examination extends Procedure {
    /**
     * The numbers of one seed and setting.
     *
     * @param networks in the order in which the arm names them
     * @param seed of the runs, the first one's where they have different ones
     * @param setting has a value within its limits for every parameter, and nothing else
     */
    Results examine(List<Examined> networks, long seed, Setting setting);
}
