package io.orrery.lab.claim;

import java.util.OptionalLong;

/**
 * That a network of an arm's runs starts from the main network of another arm's runs, each from the run of its own seed.
 *
 * @param arm the other's name
 * @param step after how many updates of it; empty for its end
 * @param memory whether the optimizer remembers what it had gathered there, rather than beginning anew
 */
public record After(String arm, OptionalLong step, boolean memory) {
    /** As {@code pretrained at step 100}. */
    public String text() {
        return arm + (step.isPresent() ? " at step " + step.getAsLong() : "") + (memory ? ", with its memory" : "");
    }
}
