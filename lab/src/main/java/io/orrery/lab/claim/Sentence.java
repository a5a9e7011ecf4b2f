package io.orrery.lab.claim;

import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Verdict;
import java.util.Optional;

/**
 * One statement that a claim's measurements decide: the source's as it stands, or ours beside it. Each has its own verdict.
 *
 * @param text in the words of whose it is; of ours empty if it is the card's statement
 * @param from of the source's: where it is written (title, page, address); else empty
 * @param treatment the findings, the main one first
 * @param control the same questions asked where the effect must be absent
 * @param exploratory of a statement that a search found: how, and on which seeds; it is judged on fresh ones
 */
public record Sentence(
        Whose whose, String text, String from, Ruling treatment, Ruling control, Optional<String> exploratory) {
    /** Who says it. */
    public enum Whose {
        /** The literature, word for word or closely. */
        SOURCE,
        /** This project. */
        OURS;

        /** As in a heading. */
        public String word() {
            return this == SOURCE ? "the source" : "ours";
        }
    }

    /** The source's sentence, as it stands. */
    public static Sentence ofSource(String text, String from, Ruling treatment, Ruling control) {
        return new Sentence(Whose.SOURCE, text, from, treatment, control, Optional.empty());
    }

    /** A statement of ours. */
    public static Sentence ours(String text, Ruling treatment, Ruling control) {
        return new Sentence(Whose.OURS, text, "", treatment, control, Optional.empty());
    }

    /** The same as a hypothesis that a search found: {@code exploratory("found among 12 on the seeds 3001-3010")}. */
    public Sentence exploratory(String howFound) {
        return new Sentence(whose, text, from, treatment, control, Optional.of(howFound));
    }

    /** What the measurements say of it. */
    public Verdict verdict() {
        return Verdict.of(treatment, control);
    }
}
