package io.orrery.lab.setup;

import java.util.List;

/**
 * What a spec asks for: a grid of seeds x settings.
 *
 * @param question free text of {@code question:}, empty if not given
 * @param description free text of {@code description:}, empty if not given
 * @param runs setting by setting, the seeds of each in order
 */
public record StudyPlan(String name, String question, String description, List<RunPlan> runs) {
    /** Copies the runs. */
    public StudyPlan {
        runs = List.copyOf(runs);
    }
}
