package io.orrery.lab.claim;

/** Where a threshold comes from. An own pilot's number never stands as the source's. */
public sealed interface Provenance {
    /**
     * A number that the source states, read by us.
     *
     * @param address where it can be read: a link, with page or section
     * @param says what it says there, with its number
     */
    record Source(String citation, String address, String says) implements Provenance {}

    /**
     * A number of this project's own prototypes.
     *
     * @param prediction its number in the core theory, such as P22
     * @param seeds how many seeds it rests on
     */
    record OwnPilot(String prediction, int seeds) implements Provenance {}

    /**
     * An effect size that was argued before any pilot.
     *
     * @param reason why an effect of this size and no smaller one bears the statement out
     */
    record Argued(String reason) implements Provenance {}

    /**
     * An effect size that was argued when a pilot had been seen.
     *
     * @param reason why an effect of this size and no smaller one bears the statement out
     */
    record ArguedLate(String reason) implements Provenance {}

    /**
     * A consequence of mathematics.
     *
     * @param reference theorem and where it is proved, as docs/theory section 2.3
     */
    record Theorem(String reference) implements Provenance {}

    /** {@link Source}. */
    static Provenance source(String citation, String address, String says) {
        return new Source(citation, address, says);
    }

    /** {@link OwnPilot}. */
    static Provenance ownPilot(String prediction, int seeds) {
        return new OwnPilot(prediction, seeds);
    }

    /** {@link Argued}. */
    static Provenance argued(String reason) {
        return new Argued(reason);
    }

    /** {@link ArguedLate}. */
    static Provenance arguedLate(String reason) {
        return new ArguedLate(reason);
    }

    /** {@link Theorem}. */
    static Provenance theorem(String reference) {
        return new Theorem(reference);
    }

    /** For pages and tables. */
    default String text() {
        return switch (this) {
            case Source(String citation, String address, String says) -> citation + " (" + address + "): " + says;
            case OwnPilot(String prediction, int seeds) ->
                "this project's pilot, " + prediction + ", " + seeds + (seeds == 1 ? " seed" : " seeds")
                        + "; no source states it";
            case Argued(String reason) -> "argued before any pilot: " + reason;
            case ArguedLate(String reason) -> "argued when a pilot had been seen: " + reason;
            case Theorem(String reference) -> "theorem: " + reference;
        };
    }
}
