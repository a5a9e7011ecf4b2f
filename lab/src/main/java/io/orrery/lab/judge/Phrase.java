package io.orrery.lab.judge;

/** The words around an effect: {@code NC1 with decay is} 0.045 {@code times that without}. */
public record Phrase(String before, String after) {
    /** The sentence with the effect in its place. */
    public String around(String effect) {
        return before + " " + effect + (after.isEmpty() ? "" : " " + after);
    }
}
