package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;

/** Where the evidence of an arm comes from. */
public sealed interface EvidenceSource {
    /**
     * Networks are trained.
     *
     * @param spec without seeds and grid
     */
    record Training(SpecDocument spec) implements EvidenceSource {}

    /** Numbers are computed. */
    record Computing(Computation computation, Setting setting) implements EvidenceSource {}

    /**
     * Networks that other arms trained are examined.
     *
     * @param of which of their states, in the order in which the examination takes them
     */
    record Examining(Examination examination, Setting setting, List<At> of) implements EvidenceSource {
        /** Copies the list. */
        public Examining {
            of = List.copyOf(of);
        }
    }
}
