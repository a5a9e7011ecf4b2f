package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;

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

    /**
     * Networks that other arms trained are examined.
     *
     * @param of which of their states, in the order in which the examination takes them
     */
    record Examining(Examination examination, Setting setting, List<At> of) implements Work {
        /** Copies the list. */
        public Examining {
            of = List.copyOf(of);
        }
    }
}
