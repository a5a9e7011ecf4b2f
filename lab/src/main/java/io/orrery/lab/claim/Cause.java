package io.orrery.lab.claim;

import java.util.List;

/**
 * Something that a claim says brings the effect about, and how to take it away: with it away the claim is never supported.
 *
 * @param name as in "the cause is NAME"
 * @param removal assignments of the spec that take it away together, such as {@code decay.lambda=0}; none if no key does
 */
public record Cause(String name, List<String> removal) {
    /** Copies the assignments. */
    public Cause {
        removal = List.copyOf(removal);
    }

    /** As {@code weight decay (removed by decay.lambda=0)}. */
    public String text() {
        return name + (removal.isEmpty() ? "" : " (removed by " + String.join(" ", removal) + ")");
    }
}
