package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.setup.SpecDocument;

/** Where the evidence of an arm comes from. */
public sealed interface Work {
    /**
     * Networks are trained.
     *
     * @param spec without seeds and grid
     */
    record Training(SpecDocument spec) implements Work {}

    /** Numbers are computed. */
    record Computing(Computation computation, Setting setting) implements Work {}
}
