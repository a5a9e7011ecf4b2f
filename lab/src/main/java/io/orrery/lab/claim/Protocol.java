package io.orrery.lab.claim;

import io.orrery.lab.setup.SpecDocument;
import java.util.List;

/**
 * The runs that decide a claim: every arm with the seeds 1 to {@code seeds}.
 *
 * @param seeds at least 5; 10 where a run costs under 2 core-seconds
 */
public record Protocol(int seeds, List<Arm> arms) {
    /** Copies the arms. */
    public Protocol {
        arms = List.copyOf(arms);
    }

    /** Arms given one after the other. */
    public static Protocol of(int seeds, Arm... arms) {
        return new Protocol(seeds, List.of(arms));
    }

    /** A spec in YAML, the common ground of arms: {@code base.having("decay.lambda=0")} makes another arm of it. */
    public static SpecDocument spec(String yaml) {
        return SpecDocument.of(yaml, "the claim's protocol");
    }
}
