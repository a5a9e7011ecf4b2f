package io.orrery.lab.claim;

import io.orrery.lab.setup.SpecDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs that decide a claim: every arm with the seeds 1 to {@code seeds}.
 *
 * @param seeds at least 5; 10 where a run costs under 2 core-seconds
 */
public record Protocol(int seeds, List<Arm> arms) {
    /**
     * Copies the arms.
     *
     * @throws IllegalArgumentException if one starts from or examines what is no arm that is trained and stands before it
     */
    public Protocol {
        arms = List.copyOf(arms);
        Set<String> trained = new HashSet<>();
        for (Arm arm : arms) {
            arm.starts().values().stream()
                    .filter(start -> !trained.contains(start.arm()))
                    .findFirst()
                    .ifPresent(start -> {
                        throw new IllegalArgumentException("the arm " + arm.name() + " starts from '" + start.arm()
                                + "', which is no arm that is trained before it");
                    });
            if (arm.work() instanceof EvidenceSource.Examining examining) {
                examining.of().stream()
                        .filter(at -> !trained.contains(at.arm()))
                        .findFirst()
                        .ifPresent(at -> {
                            throw new IllegalArgumentException("the arm " + arm.name() + " examines '" + at.arm()
                                    + "', which is no arm that is trained before it");
                        });
            }
            if (arm.work() instanceof EvidenceSource.Training) {
                trained.add(arm.name());
            }
        }
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
