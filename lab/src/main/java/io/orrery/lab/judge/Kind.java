package io.orrery.lab.judge;

/** What sort of statement was judged. */
public enum Kind {
    /** A size: of one quantity, or of one arm against another. */
    EFFECT,
    /** A direction or a rate along a driver, or an association over settings. */
    TREND,
    /** An inequality that admits no exception: one violation refutes it. */
    BOUND,
    /** An equality that mathematics promises. It tests the code, not the world: summaries count it apart. */
    IDENTITY;

    /** Whether chance has no part in it: judged on every value, without an interval, outside Holm's correction. */
    public boolean isExact() {
        return this == BOUND || this == IDENTITY;
    }
}
