package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.setup.Spec;

/** What the runs of an arm were, a user's alterations included. */
public sealed interface Ran {
    /** Networks were trained. */
    record Trained(Spec spec) implements Ran {}

    /** Numbers were computed. */
    record Computed(Computation computation, Setting setting) implements Ran {}
}
