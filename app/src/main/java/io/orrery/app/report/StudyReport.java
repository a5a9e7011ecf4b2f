package io.orrery.app.report;

import io.orrery.lab.UserError;
import io.orrery.lab.book.RecordedRun;
import java.util.List;

/**
 * What a report is about.
 *
 * @param title headline, usually the study's name
 * @param question what the study asks, in one sentence; empty for none
 * @param runs the runs of the study, in the order of its grid; at least one
 * @param command the command line that repeats the study; empty for none
 * @param omitted for people: what belongs to the study but could not be used, and why
 */
public record StudyReport(String title, String question, List<RecordedRun> runs, String command, List<String> omitted) {
    /** A study of which nothing is missing. */
    public StudyReport(String title, String question, List<RecordedRun> runs, String command) {
        this(title, question, runs, command, List.of());
    }

    /**
     * Copies the runs.
     *
     * @throws UserError if there are none
     */
    public StudyReport {
        runs = List.copyOf(runs);
        omitted = List.copyOf(omitted);
        if (runs.isEmpty()) {
            throw new UserError("a report needs at least one run, but the study \"" + title + "\" has none yet");
        }
    }
}
