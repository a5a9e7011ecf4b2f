package io.orrery.lab.book;

import io.orrery.engine.Numerics;
import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of runs: {@code BOOK/STUDY/LABEL-KEY/} with {@code run.json} (who the run is), {@code spec.yaml} (to run it
 * again), {@code measurements.log} and {@code checkpoints/step-N.safetensors}. Readers never lock; a run has one writer.
 */
public final class LabBook {
    private static final long LEAST_SPACE = 1 << 20;
    private static final String ELSEWHERE = "; choose another lab book with --out or ORRERY_BOOK";

    private final Path folder;

    private LabBook(Path folder) {
        this.folder = folder;
    }

    /**
     * What a book holds.
     *
     * @param runs by study, then by the name of their folder
     * @param damaged for people: what cannot be read, and why
     */
    public record Listing(List<BookedRun> runs, List<String> damaged) {}

    /**
     * The book in a folder, which is made when the first run is.
     *
     * @throws UserError if there is a file in its place, or it cannot be read
     */
    public static LabBook open(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new UserError(folder + " is a file, not a folder" + ELSEWHERE);
        }
        if (Files.isDirectory(folder) && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
            throw new UserError("cannot read " + folder + ": permission denied" + ELSEWHERE);
        }
        return new LabBook(folder);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /**
     * Refuses a place that cannot take runs, before any work is done.
     *
     * @throws UserError if the folder, or the nearest one above it that exists, cannot be written or is full
     */
    public void requireWritable() {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() instanceof Path parent) {
            existing = parent;
        }
        if (!Files.isDirectory(existing)) {
            throw new UserError("cannot write " + folder + ": " + existing + " is a file, not a folder" + ELSEWHERE);
        }
        if (!Files.isWritable(existing)) {
            throw new UserError("cannot write " + folder + ": permission denied on " + existing + ELSEWHERE);
        }
        try {
            if (Files.getFileStore(existing).getUsableSpace() < LEAST_SPACE) {
                throw new UserError("cannot write " + folder + ": less than a megabyte is free there" + ELSEWHERE);
            }
        } catch (IOException unknown) {
            throw Disk.cannotWrite(folder, unknown);
        }
    }

    /** All runs; a damaged one does not hide the others. */
    public Listing runs() {
        return contents().runs(contents().studies());
    }

    /**
     * The list of a book.
     *
     * @param runs by study, then by the name of their folder; damaged logs are marked
     * @param damaged for people: runs that are not among them because nobody can say which they are, and why
     */
    public record Overview(List<ListedRun> runs, List<String> damaged) {}

    /** The list of all runs, without their measurements and specs. */
    public Overview list() {
        return contents().list();
    }

    /** The runs of a study, empty if there is none of that name; also those of a study whose folder was renamed. */
    public List<BookedRun> study(String name) {
        return held(name).runs();
    }

    /**
     * What a study holds, damage named.
     *
     * @throws UserError if several renamed folders hold runs of that study
     */
    public Listing held(String study) {
        return contents().study(study);
    }

    /** Where the runs of a study lie or will lie. */
    public Path studyFolder(String study) {
        return contents().folder(study);
    }

    private BookContents contents() {
        return new BookContents(folder);
    }

    /**
     * The one run that a text names: the beginning of its key, its folder's name, or either after {@code study/}.
     *
     * @throws UserError if it names none (with the nearest) or several
     */
    public BookedRun find(String text) {
        return new BookSearch(this).find(text);
    }

    /**
     * What to tell somebody who asked for a study that is not there.
     *
     * @param name of the study
     */
    public UserError unknownStudy(String name) {
        return new BookSearch(this).unknownStudy(name);
    }

    /**
     * A run with all its measurements.
     *
     * @throws UserError if its log is damaged, naming the record and its place
     */
    public RecordedRun read(BookedRun run) {
        return RunReading.whole(run);
    }

    /** {@link #find} and {@link #read}. */
    public RecordedRun read(String text) {
        return read(find(text));
    }

    /**
     * A run with at most so many readings of every series that memory does not grow with the log: see
     * {@link RecordedRun#thinned}. The last reading of every series is among them.
     *
     * @throws UserError as {@link #read}
     */
    public RecordedRun overview(BookedRun run) {
        return RunReading.thinned(run);
    }

    /**
     * A run with only the last reading of every series, in the order in which the series came up.
     *
     * @throws UserError as {@link #read}
     */
    public RecordedRun last(BookedRun run) {
        return RunReading.last(run);
    }

    /**
     * Checks a run, then hands over its measurements in order, one look in memory at a time.
     *
     * @return how the run ended, if it did
     * @throws UserError if its log is damaged; then nothing was handed over
     */
    public Optional<RunEnd> stream(BookedRun run, Consumer<Measurement> measurements) {
        return RunReading.stream(run, measurements);
    }

    /**
     * What of a run's files cannot be used although its measurements can: damaged checkpoints, a spec for people that is not
     * the recorded one; and what recoveries set aside. For people.
     *
     * @throws UserError if its log is damaged
     */
    public List<String> remarks(BookedRun run) {
        return RunReading.remarks(run);
    }

    /**
     * A checkpoint of a run.
     *
     * @param checkpoint that of the step, or the last one that is sound
     * @param passedOver for people: later ones that are damaged, and why
     */
    public record Found(Checkpoint checkpoint, List<String> passedOver) {}

    /**
     * A checkpoint of a run: that of a step, or the last one that is sound.
     *
     * @throws UserError if there is none, naming the steps that have one, or it (or each of them) is damaged
     */
    public Found checkpoint(BookedRun run, OptionalLong step) {
        SortedMap<Long, Path> checkpoints = new RunFolder(run.folder()).checkpoints();
        if (checkpoints.isEmpty()) {
            throw new UserError("the run " + run.name() + " has no checkpoint");
        }
        if (step.isPresent()) {
            Path file = checkpoints.get(step.getAsLong());
            if (file == null) {
                throw new UserError("the run " + run.name() + " has no checkpoint at step " + step.getAsLong()
                        + "; it has one at "
                        + checkpoints.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
            return new Found(Checkpoint.read(file), List.of());
        }
        List<String> damaged = new ArrayList<>();
        for (Path file : checkpoints.reversed().values()) {
            try {
                return new Found(Checkpoint.read(file), List.copyOf(damaged));
            } catch (UserError unreadable) {
                damaged.add(String.valueOf(unreadable.getMessage()));
            }
        }
        throw new UserError("no checkpoint of the run " + run.name() + " can be read: " + String.join("; ", damaged));
    }

    /**
     * Begins a run: anew if the study does not hold it, where it was interrupted if it does, or not at all if it is
     * finished. The same trajectory measured in another way is another record beside it. Files of a run whose identity is lost
     * are set aside.
     *
     * @param provenance version, JDK, processor, vector width, threads, start time
     * @throws UserError if the book cannot be written, or the run is being written
     */
    public RunStart begin(String study, RunIdentity run, Map<String, String> provenance) {
        return notBusy(attempt(study, run, provenance));
    }

    private static RunStart notBusy(RunStart start) {
        if (start instanceof RunStart.Busy(UserError how)) {
            throw how;
        }
        return start;
    }

    /**
     * The same where another writer of the run is no mistake: {@link RunStart.Busy} then.
     *
     * @throws UserError if the book cannot be written
     */
    public RunStart attempt(String study, RunIdentity run, Map<String, String> provenance) {
        String spec = SpecText.json(run.spec()).write();
        Path place = studyFolder(study);
        List<BookedRun> recorded = sameTrajectory(place, run);
        Optional<BookedRun> same = sameRecord(recorded, spec);
        if (same.isPresent()) {
            return RunStarts.goOn(same.get());
        }
        String key = run.id();
        for (int copy = 2; taken(key, recorded); copy++) {
            key = run.id() + "-" + copy;
        }
        Path path = place.resolve(RunFolder.name(run.setting(), run.seed(), key));
        return RunStarts.anew(new BookedRun(
                study,
                run.id(),
                key,
                run.seed(),
                run.setting(),
                spec,
                Numerics.VERSION,
                provenance,
                path,
                run.parents()));
    }

    /** The record of a trajectory that holds what a spec asks to be measured, no less and no more. */
    private static Optional<BookedRun> sameRecord(List<BookedRun> trajectory, String spec) {
        return trajectory.stream()
                .filter(old -> measured(old.spec()).equals(measured(spec)))
                .findFirst();
    }

    /**
     * The records of a trajectory in a study: one for each way in which it was measured.
     *
     * @param run its spec, seed and files
     */
    public List<BookedRun> records(String study, RunIdentity run) {
        return sameTrajectory(studyFolder(study), run);
    }

    /**
     * Holds the end of a run against other records of its trajectory, which were measured in other ways.
     *
     * @throws IllegalStateException if one of them ended at the same step in other bits
     */
    public void requireSameBits(BookedRun run, RunEnd end) {
        if (run.key().equals(run.id()) || end.status() == RunEnd.Status.INTERRUPTED) {
            return;
        }
        for (BookedRun other : records(run.study(), run.identity())) {
            RunStarts.finished(other)
                    .filter(earlier -> earlier.steps() == end.steps()
                            && !earlier.stateDigest().equals(end.stateDigest()))
                    .ifPresent(earlier -> {
                        throw new IllegalStateException("the runs " + run.name() + " and " + other.name()
                                + " are the same trajectory, and ended at step " + end.steps() + " in different bits: "
                                + end.stateDigest() + " and " + earlier.stateDigest());
                    });
        }
    }

    /**
     * A finished record of a run by its id, however it was measured: all records of an id have the same states.
     *
     * @return empty if the study holds none that came to its last step
     */
    public Optional<BookedRun> finished(String study, String id) {
        return trajectory(studyFolder(study), List.of(id)).stream()
                .filter(run -> RunStarts.finished(run)
                        .filter(end -> end.status() == RunEnd.Status.DONE)
                        .isPresent())
                .findFirst();
    }

    /** How a run ended; empty if it did not, or was interrupted, or its log is damaged. */
    public Optional<RunEnd> end(BookedRun run) {
        return RunStarts.finished(run);
    }

    /** The newest sound checkpoint of a run at or before a step; empty if there is none. */
    public Optional<Checkpoint> checkpointUpTo(BookedRun run, long step) {
        for (Path file : new RunFolder(run.folder())
                .checkpoints()
                .headMap(step + 1)
                .reversed()
                .values()) {
            try {
                return Optional.of(Checkpoint.read(file));
            } catch (UserError damaged) {
                // An earlier one leads to the same state by more steps.
                continue;
            }
        }
        return Optional.empty();
    }

    /**
     * Deletes the record of a run that is measured as its spec says, if there is one; other records of its trajectory stay.
     *
     * @throws UserError if it is being written, or a file cannot be deleted
     */
    public void delete(String study, RunIdentity run) {
        sameRecord(records(study, run), SpecText.json(run.spec()).write()).ifPresent(old -> {
            WriterLock.take(new RunFolder(old.folder()).lock(), old.name()).close();
            Disk.deleteTree(old.folder());
        });
    }

    /**
     * Takes in runs that lie in another folder of the same disk, such as those of an earlier layout: each is moved whole.
     * What cannot be told, is being written, or has a key that the study knows stays where it is.
     *
     * @return how many were moved
     * @throws UserError if one cannot be moved
     */
    public int takeIn(Path folder, String study) {
        int moved = 0;
        for (Path path : RunFolder.list(folder)) {
            if (new RunFolder(path).look() instanceof RunFolder.Identity.Sound(BookedRun run)
                    && !taken(run.key(), sameTrajectory(studyFolder(study), run.identity()))
                    && WriterLock.attempt(new RunFolder(path).lock(), run.name())
                            instanceof WriterLock.Attempt.Ours(WriterLock lock)) {
                try (lock) {
                    Disk.move(path, Disk.folder(studyFolder(study)).resolve(path.getFileName()));
                    moved++;
                }
            }
        }
        return moved;
    }

    private static boolean taken(String key, List<BookedRun> recorded) {
        return recorded.stream().anyMatch(old -> old.key().equals(key));
    }

    /** What of a recorded spec does not enter the run id but decides what is measured. */
    private static Json measured(String spec) {
        if (Json.parse(spec) instanceof Json.Fields fields
                && fields.get("measure").orElse(new Json.Null()) instanceof Json.Fields measure) {
            measure.values().remove("checkpointEvery");
            return measure;
        }
        return new Json.Null();
    }

    /**
     * Deletes the runs of a study, and nothing else. Links are deleted, not followed.
     *
     * @throws UserError if one of them is being written, or a file cannot be deleted
     */
    public void delete(String study) {
        Path place = folder.resolve(study).normalize();
        if (!folder.normalize().equals(place.getParent())) {
            throw new IllegalArgumentException("'" + study + "' is not the name of a study");
        }
        for (Path run : RunFolder.list(place)) {
            if (Files.exists(new RunFolder(run).identity())) {
                WriterLock.take(new RunFolder(run).lock(), study + "/" + run.getFileName())
                        .close();
            }
        }
        Disk.deleteTree(place);
    }

    /** The sound records of a run, under the id of today or one that it had in an earlier build. */
    private static List<BookedRun> sameTrajectory(Path study, RunIdentity run) {
        return trajectory(study, run.ids());
    }

    private static List<BookedRun> trajectory(Path study, List<String> ids) {
        return RunFolder.list(study).stream()
                .filter(path -> ids.stream()
                        .anyMatch(id -> path.getFileName().toString().contains("-" + id)))
                .map(path -> new RunFolder(path).look())
                .flatMap(found -> found instanceof RunFolder.Identity.Sound(BookedRun old)
                        ? Stream.of(old)
                        : Stream.<BookedRun>empty())
                .filter(old -> ids.contains(old.id()))
                .toList();
    }

    /**
     * Goes on with a run that was interrupted or killed.
     *
     * @throws UserError if {@link #find} does, if another build with other numerics recorded it, or it is being written
     */
    public RunStart resume(String text) {
        return notBusy(RunStarts.goOn(find(text)));
    }
}
