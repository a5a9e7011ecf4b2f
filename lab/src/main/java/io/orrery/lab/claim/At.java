package io.orrery.lab.claim;

import java.util.OptionalLong;

/**
 * The state of another arm's runs that an examination looks at.
 *
 * @param arm the name of an arm that is trained
 * @param step after so many updates; empty for the end
 * @param next whether it is the run of the next seed: then seeds are examined in pairs, the first with the second, the third with
 *     the fourth, and so on
 */
public record At(String arm, OptionalLong step, boolean next) {
    /** The end of an arm's run of the same seed. */
    public static At end(String arm) {
        return new At(arm, OptionalLong.empty(), false);
    }

    /** An arm's run of the same seed after so many updates. */
    public static At step(String arm, long step) {
        return new At(arm, OptionalLong.of(step), false);
    }

    /** The same state of the run of the next seed. */
    public At ofNextSeed() {
        return new At(arm, step, true);
    }

    /** As {@code trained at step 100, next seed}. */
    public String text() {
        return arm + (step.isPresent() ? " at step " + step.getAsLong() : "") + (next ? ", next seed" : "");
    }
}
