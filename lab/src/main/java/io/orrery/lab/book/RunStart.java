package io.orrery.lab.book;

/** How a run of a study begins: anew, where it was interrupted, or not at all because it is done. */
public sealed interface RunStart {
    /** Nothing is recorded yet. The caller closes the writer. */
    record Fresh(RunWriter writer) implements RunStart {}

    /** It was interrupted or killed; the log is cut back to the point. The caller closes the writer. */
    record Resumed(ResumePoint point, RunWriter writer) implements RunStart {}

    /** It came to its end (done or diverged) and need not be run again. */
    record Finished(RecordedRun run) implements RunStart {}
}
