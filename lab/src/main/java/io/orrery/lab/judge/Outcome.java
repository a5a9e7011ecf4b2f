package io.orrery.lab.judge;

/** What the measurements say of a prediction. */
public enum Outcome {
    /** The interval lies wholly where it was predicted. */
    SUPPORTED,
    /** The interval lies wholly where it was not. */
    REFUTED,
    /** Neither, or something that the judgement needs is missing. */
    INCONCLUSIVE;

    /** The outcome as a word in a sentence. */
    public String word() {
        return switch (this) {
            case SUPPORTED -> "supported";
            case REFUTED -> "refuted";
            case INCONCLUSIVE -> "inconclusive";
        };
    }
}
