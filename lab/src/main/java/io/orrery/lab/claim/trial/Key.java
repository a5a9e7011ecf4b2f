package io.orrery.lab.claim.trial;

import io.orrery.lab.setup.Spec;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A run of a protocol before anything is trained. Arms that share a key share the run.
 *
 * @param from the runs that its networks start from, by role; that of the main one is empty
 */
record Key(Spec spec, long seed, SequencedMap<String, Link> from) {
    /**
     * What a network of a run starts from.
     *
     * @param step updates that the parent had done; empty for all
     * @param memory whether the optimizer's memory is taken over
     */
    record Link(Key parent, OptionalLong step, boolean memory) {}
}
