package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.run.RunEnd;
import java.util.List;

/** How a run of a study begins: anew, where it was interrupted, or not at all because it is done. */
public sealed interface RunStart {
    /**
     * Nothing is recorded yet. The caller closes the writer.
     *
     * @param notes for people: what was damaged and set aside
     */
    record Fresh(RunWriter writer, List<String> notes) implements RunStart {}

    /** It was interrupted or killed; the log is cut back to the point. The caller closes the writer. */
    record Resumed(ResumePoint point, RunWriter writer) implements RunStart {}

    /**
     * Another process, or another thread of this one, writes it at this moment: it is worth asking again.
     *
     * @param how for people: who does, and where
     */
    record Busy(UserError how) implements RunStart {}

    /** It came to its end (done or diverged) and need not be run again. */
    record Finished(BookedRun run, RunEnd end) implements RunStart {}
}
