package io.orrery.engine;

/** The version of the numbers: part of every run id. */
public final class Numerics {
    /**
     * Raised by one in every change after which any kernel, function, sum order, random stream or rewrite gives other bits
     * than before for some input. Runs recorded under another version cannot be resumed or replayed to the same bits.
     */
    public static final int VERSION = 4;

    private Numerics() {}
}
