package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Optional;

/**
 * Which runs of one setting a median may count: those that came to their end; where none has, those that are under way or
 * were interrupted. Runs that diverged never count.
 */
public final class Counted {
    private Counted() {}

    /** The runs that count, in their order. */
    public static List<RecordedRun> of(List<RecordedRun> runs) {
        List<RecordedRun> done = runs.stream()
                .filter(run -> status(run).equals(Optional.of(RunEnd.Status.DONE)))
                .toList();
        return done.isEmpty() ? runs.stream().filter(run -> !isDiverged(run)).toList() : done;
    }

    static boolean isDiverged(RecordedRun run) {
        return status(run).equals(Optional.of(RunEnd.Status.DIVERGED));
    }

    static boolean isDone(RecordedRun run) {
        return status(run).equals(Optional.of(RunEnd.Status.DONE));
    }

    private static Optional<RunEnd.Status> status(RecordedRun run) {
        return run.end().map(RunEnd::status);
    }
}
