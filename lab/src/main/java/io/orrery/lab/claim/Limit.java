package io.orrery.lab.claim;

import io.orrery.lab.judge.statistics.Threshold;
import java.util.List;

/**
 * A threshold of a claim with where it comes from.
 *
 * @param quantity in the words of the claim's finding
 * @param history former values and why each was left, oldest first; empty if it is the first
 */
public record Limit(String quantity, Threshold threshold, Provenance provenance, List<String> history) {
    /** Copies the history. */
    public Limit {
        history = List.copyOf(history);
    }
}
