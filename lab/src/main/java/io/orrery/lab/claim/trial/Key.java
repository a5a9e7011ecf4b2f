package io.orrery.lab.claim.trial;

import io.orrery.lab.setup.Spec;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run of a protocol before anything is trained. Arms that share a key share the run.
 *
 * @param from the run that it starts from; empty if it starts from its initialization
 */
record Key(Spec spec, long seed, Optional<Link> from) {
    /**
     * What a run starts from.
     *
     * @param step updates that the parent had done; empty for all
     * @param memory whether the optimizer's memory is taken over
     */
    record Link(Key parent, OptionalLong step, boolean memory) {}
}
