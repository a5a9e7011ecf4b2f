package io.orrery.lab.book;

import io.orrery.engine.Numerics;
import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run is begun, anew or where it stopped: by one writer, who holds its lock. */
final class RunStarts {
    private RunStarts() {}

    /** Begins a run in a folder that holds no sound one; what lies there is set aside. */
    static RunStart anew(BookedRun run) {
        RunFolder place = new RunFolder(Disk.folder(run.folder()));
        return switch (WriterLock.attempt(place.lock(), run.name())) {
            case WriterLock.Attempt.Held(UserError by) -> new RunStart.Busy(by);
            case WriterLock.Attempt.Ours(WriterLock lock) -> anew(run, place, lock);
        };
    }

    private static RunStart anew(BookedRun run, RunFolder place, WriterLock lock) {
        try {
            List<String> notes = new ArrayList<>();
            switch (place.look()) {
                case RunFolder.Identity.Sound(BookedRun _) -> {
                    lock.close();
                    return new RunStart.Busy(
                            new UserError("another process has just recorded the run " + run.name() + "; start again"));
                }
                case RunFolder.Identity.Damaged(UserError how) -> setAside(place, "run.json-damaged", how, notes);
                case RunFolder.Identity.Missing(UserError how) -> setAside(place, "run.json-missing", how, notes);
                case RunFolder.Identity.None() -> {}
            }
            RunLog log = RunLog.create(place.log());
            place.write(run);
            return new RunStart.Fresh(new RunWriter(run, lock, log), List.copyOf(notes));
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static void setAside(RunFolder place, String why, UserError how, List<String> notes) {
        notes.add(String.valueOf(how.getMessage()));
        place.setAside(why).ifPresent(where -> notes.add("what could not be used was set aside: " + where));
    }

    /**
     * Goes on with a run, or finds it finished.
     *
     * @throws UserError if it was recorded with other numerics
     */
    static RunStart goOn(BookedRun run) {
        RunFolder place = new RunFolder(run.folder());
        Optional<RunEnd> end = finished(run);
        if (end.isPresent()) {
            return new RunStart.Finished(run, end.get());
        }
        if (run.numerics() != Numerics.VERSION) {
            throw new UserError("the run " + run.name() + " was recorded with numerics " + run.numerics()
                    + ", this build has " + Numerics.VERSION + " and would not go on to the same bits; run it anew");
        }
        return switch (WriterLock.attempt(place.lock(), run.name())) {
            case WriterLock.Attempt.Held(UserError by) -> new RunStart.Busy(by);
            case WriterLock.Attempt.Ours(WriterLock lock) -> goOn(run, lock);
        };
    }

    private static RunStart goOn(BookedRun run, WriterLock lock) {
        try {
            // Another process may have finished it between the look above and the lock.
            Optional<RunEnd> done = finished(run);
            if (done.isPresent()) {
                lock.close();
                return new RunStart.Finished(run, done.get());
            }
            return Resumption.of(run, lock);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** The end of a run that came to it; a damaged log counts as no end, because the run can be resumed. */
    static Optional<RunEnd> finished(BookedRun run) {
        return RunCheck.of(new RunFolder(run.folder())).end().filter(end -> end.status() != RunEnd.Status.INTERRUPTED);
    }
}
