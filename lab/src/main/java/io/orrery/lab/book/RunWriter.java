package io.orrery.lab.book;

import io.orrery.engine.state.State;
import io.orrery.lab.file.Disk;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.RunRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Records a run in its folder. Measurements survive the end of the process as soon as they are handed over, checkpoints and
 * everything before them also that of the machine. The only writer of its run until it is closed; used by one thread.
 *
 * <p>Of the checkpoints are kept: the first, every tenth, and the newest two (so that a damaged one still leaves one to
 * resume from).
 */
public final class RunWriter implements RunRecorder, AutoCloseable {
    private static final int KEPT_EVERY = 10;
    private static final int KEPT_NEWEST = 2;

    private final BookedRun run;
    private final RunFolder folder;
    private final WriterLock lock;
    private final RunLog log;
    private final List<Kept> passing = new ArrayList<>();
    private long checkpoints;

    /** A checkpoint that goes when newer ones come. */
    private record Kept(long ordinal, Path file) {}

    RunWriter(BookedRun run, WriterLock lock, RunLog log) {
        this.run = run;
        this.folder = new RunFolder(run.folder());
        this.lock = lock;
        this.log = log;
    }

    /** Goes on after a checkpoint, the newest in the folder. */
    void after(long step, long ordinal) {
        checkpoints = ordinal + 1;
        folder.checkpoints().forEach((at, file) -> remember(at == step ? ordinal : ordinal(file), file));
    }

    private static long ordinal(Path file) {
        try {
            return Checkpoint.number(Safetensors.metadata(file), "ordinal", file);
        } catch (io.orrery.lab.UserError damaged) {
            // Not ours to delete: kept like the first.
            return 0;
        }
    }

    private void remember(long ordinal, Path file) {
        if (ordinal % KEPT_EVERY != 0) {
            passing.add(new Kept(ordinal, file));
        }
    }

    /** Bytes that the log takes for one look. */
    public static long logBytes(List<Measurement> measurements) {
        return Frames.frame(0, new LogRecord.Look(measurements).bytes()).remaining();
    }

    /** Of so many checkpoints, how many lie in the folder at the same time, one that is being written among them. */
    public static long checkpointsAtOnce(long written) {
        return Math.min(written, 1 + written / KEPT_EVERY + KEPT_NEWEST) + 1;
    }

    /** Of the numbers of so many looks, how many a report reads at most: see {@link RecordedRun#thinned}. */
    public static long shownNumbers(long numbers, long looks) {
        return Math.min(numbers, numbers / Math.max(1, looks) * ThinnedSeries.MOST_NUMBERS);
    }

    /** The run that is being recorded. */
    public BookedRun run() {
        return run;
    }

    @Override
    public void measured(List<Measurement> measurements) {
        log.append(new LogRecord.Look(measurements));
    }

    @Override
    public void checkpoint(long step, State state, Map<String, String> cursor) {
        // The checkpoint must not name an offset that the log could lose with the power.
        log.sync();
        long ordinal = checkpoints++;
        Path file = folder.checkpoint(step);
        Checkpoint.write(file, step, ordinal, log.offset(), state, cursor);
        remember(ordinal, file);
        passing.removeIf(old -> {
            boolean goes = old.ordinal <= ordinal - KEPT_NEWEST;
            if (goes) {
                Disk.delete(old.file);
            }
            return goes;
        });
    }

    /** Not synced: a run whose end is lost with the power goes on from its last checkpoint and ends in the same way. */
    @Override
    public void ended(RunEnd end) {
        log.append(new LogRecord.End(end));
    }

    /** Lets go of the run; without {@link #ended} it counts as killed and can be resumed. */
    @Override
    public void close() {
        try (lock) {
            log.close();
        }
    }
}
