package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.setup.Spec;
import java.util.List;

/** What the runs of an arm were, a user's alterations included. */
public sealed interface Ran {
    /** Networks were trained. */
    record Trained(Spec spec) implements Ran {}

    /** Numbers were computed. */
    record Computed(Computation computation, Setting setting) implements Ran {}

    /**
     * Networks that other arms trained were examined.
     *
     * @param of which of their states
     */
    record Examined(Examination examination, Setting setting, List<At> of) implements Ran {
        /** Copies the list. */
        public Examined {
            of = List.copyOf(of);
        }
    }
}
