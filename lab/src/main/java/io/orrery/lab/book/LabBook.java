package io.orrery.lab.book;

import io.orrery.engine.Numerics;
import io.orrery.lab.UserError;
import io.orrery.lab.spec.SpecText;
import io.orrery.lab.study.RunIdentity;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.train.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A folder of runs: {@code BOOK/STUDY/LABEL-KEY/} with {@code run.json} (who the run is), {@code spec.yaml} (to run it
 * again), {@code measurements.log} and {@code checkpoints/step-N.safetensors}. Readers never lock; a run has one writer.
 */
public final class LabBook {
    private static final long LEAST_SPACE = 1 << 20;
    private static final int MOST_NAMED = 10;
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
        return listing(RunFolder.list(folder));
    }

    /** The runs of a study, empty if there is none of that name. */
    public List<BookedRun> study(String name) {
        return listing(List.of(folder.resolve(name))).runs().stream()
                .filter(run -> run.study().equals(name))
                .toList();
    }

    private static Listing listing(List<Path> studies) {
        List<BookedRun> runs = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Path study : studies) {
            List<Path> folders;
            try {
                folders = RunFolder.list(study);
            } catch (UserError unreadable) {
                damaged.add(String.valueOf(unreadable.getMessage()));
                continue;
            }
            for (Path run : folders) {
                if (Files.exists(new RunFolder(run).identity())) {
                    try {
                        runs.add(new RunFolder(run).read());
                    } catch (UserError unreadable) {
                        damaged.add(String.valueOf(unreadable.getMessage()));
                    }
                }
            }
        }
        return new Listing(List.copyOf(runs), List.copyOf(damaged));
    }

    /**
     * The one run that a text names: the beginning of its key, its folder's name, or either after {@code study/}.
     *
     * @throws UserError if it names none (with the nearest) or several
     */
    public BookedRun find(String text) {
        int slash = text.lastIndexOf('/');
        String study = slash < 0 ? "" : text.substring(0, slash);
        String wanted = text.substring(slash + 1);
        Listing listing = runs();
        List<BookedRun> runs = listing.runs().stream()
                .filter(run -> study.isEmpty() || run.study().equals(study))
                .toList();
        List<BookedRun> exact = runs.stream()
                .filter(run -> run.key().equals(wanted) || folderName(run).equals(wanted))
                .toList();
        List<BookedRun> found = exact.isEmpty() && !wanted.isEmpty()
                ? runs.stream().filter(run -> run.key().startsWith(wanted)).toList()
                : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw unknown(text, wanted, listing);
        }
        throw new UserError("'" + text + "' fits " + found.size() + " runs: "
                + found.stream().limit(5).map(BookedRun::name).collect(Collectors.joining(", "))
                + (found.size() > 5 ? ", ..." : "") + "; give more of the id, or study/id");
    }

    private UserError unknown(String text, String wanted, Listing listing) {
        if (listing.runs().isEmpty()) {
            return new UserError("there is no run '" + text + "': the lab book " + folder + " holds no "
                    + (listing.damaged().isEmpty() ? "" : "readable ")
                    + "runs; choose another with --out or ORRERY_BOOK");
        }
        List<String> studies =
                listing.runs().stream().map(BookedRun::study).distinct().toList();
        if (studies.contains(text)) {
            return new UserError("'" + text + "' is a study; name one of its runs, such as "
                    + study(text).getFirst().name());
        }
        if (!wanted.isEmpty()) {
            Optional<String> damaged = listing.damaged().stream()
                    .filter(how -> how.contains("-" + wanted))
                    .findFirst();
            if (damaged.isPresent()) {
                return new UserError(damaged.get());
            }
        }
        List<String> names = new ArrayList<>(studies);
        listing.runs().stream().map(BookedRun::key).distinct().forEach(names::add);
        return new UserError("there is no run or study '" + text + "' in the lab book " + folder
                + Nearest.to(wanted, names)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'orrery list' shows all " + listing.runs().size()));
    }

    /**
     * What to tell somebody who asked for a study that is not there.
     *
     * @param name of the study
     */
    public UserError unknownStudy(String name) {
        List<String> studies =
                runs().runs().stream().map(BookedRun::study).distinct().toList();
        String where = "the lab book " + folder + " ";
        if (studies.isEmpty()) {
            return new UserError(where + "has no study '" + name
                    + "', nor any other; begin with 'orrery run', or choose another with --out or ORRERY_BOOK");
        }
        return new UserError(where + "has no study '" + name + "'; "
                + (studies.size() <= MOST_NAMED
                        ? Nearest.hint(name, studies)
                        : Nearest.to(name, studies)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("see 'orrery list'")));
    }

    private static String folderName(BookedRun run) {
        return run.folder().getFileName().toString();
    }

    /**
     * A run with its measurements.
     *
     * @throws UserError if its log is damaged, naming the record and its place
     */
    public RecordedRun read(BookedRun run) {
        RunLog.Contents log = RunLog.read(new RunFolder(run.folder()).log());
        return new RecordedRun(
                run.study(),
                run.id(),
                run.seed(),
                run.setting(),
                run.spec(),
                run.provenance(),
                log.measurements(),
                log.end());
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
            throw new UserError("the run " + run.name() + " has no checkpoint yet");
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

    /** {@link #find} and {@link #read}. */
    public RecordedRun read(String text) {
        return read(find(text));
    }

    /**
     * Begins a run: anew if the study does not hold it, where it was interrupted if it does, or not at all if it is
     * finished. The same trajectory measured in another way is another record beside it.
     *
     * @param provenance version, JDK, processor, vector width, threads, start time
     * @throws UserError if the book cannot be written, or the run is being written
     */
    public RunStart begin(String study, RunIdentity run, Map<String, String> provenance) {
        String spec = SpecText.json(run.spec()).write();
        List<BookedRun> recorded = sameTrajectory(study, run.id());
        Optional<BookedRun> same = recorded.stream()
                .filter(old -> measured(old.spec()).equals(measured(spec)))
                .findFirst();
        if (same.isPresent()) {
            return goOn(same.get());
        }
        String key = run.id();
        for (int copy = 2; taken(key, recorded); copy++) {
            key = run.id() + "-" + copy;
        }
        Path path = folder.resolve(study).resolve(RunFolder.name(run.setting(), run.seed(), key));
        return new RunStart.Fresh(create(new BookedRun(
                study, run.id(), key, run.seed(), run.setting(), spec, Numerics.VERSION, provenance, path)));
    }

    private static boolean taken(String key, List<BookedRun> recorded) {
        return recorded.stream().anyMatch(old -> old.key().equals(key));
    }

    /** What of a recorded spec does not enter the run id but decides what the record holds. */
    private static Json measured(String spec) {
        return Json.parse(spec) instanceof Json.Fields fields
                ? fields.get("measure").orElse(new Json.Null())
                : new Json.Null();
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

    private List<BookedRun> sameTrajectory(String study, String id) {
        return RunFolder.list(folder.resolve(study)).stream()
                .filter(path -> path.getFileName().toString().contains("-" + id))
                .map(RunFolder::new)
                .filter(run -> Files.exists(run.identity()))
                .map(RunFolder::read)
                .filter(run -> run.id().equals(id))
                .toList();
    }

    private RunWriter create(BookedRun run) {
        RunFolder place = new RunFolder(Disk.folder(run.folder()));
        WriterLock lock = WriterLock.take(place.lock(), run.name());
        try {
            if (Files.exists(place.identity())) {
                throw new UserError("another process has just recorded the run " + run.name() + "; start again");
            }
            RunLog log = RunLog.create(place.log());
            place.write(run);
            return new RunWriter(run, lock, log);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /**
     * Goes on with a run that was interrupted or killed.
     *
     * @throws UserError if {@link #find} does, if another build with other numerics recorded it, or it is being written
     */
    public RunStart resume(String text) {
        return goOn(find(text));
    }

    private RunStart goOn(BookedRun run) {
        RunFolder place = new RunFolder(run.folder());
        if (finished(run).isPresent()) {
            return new RunStart.Finished(read(run));
        }
        if (run.numerics() != Numerics.VERSION) {
            throw new UserError("the run " + run.name() + " was recorded with numerics " + run.numerics()
                    + ", this build has " + Numerics.VERSION + " and would not go on to the same bits; run it anew");
        }
        WriterLock lock = WriterLock.take(place.lock(), run.name());
        try {
            // Another process may have finished it between the look above and the lock.
            Optional<RecordedRun> done = finished(run);
            if (done.isPresent()) {
                lock.close();
                return new RunStart.Finished(done.get());
            }
            return Resumption.of(run, lock);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** The run if it came to its end; a damaged log counts as no end, because the run can be resumed. */
    private Optional<RecordedRun> finished(BookedRun run) {
        if (Frames.damaged(new RunFolder(run.folder()).log())) {
            return Optional.empty();
        }
        RecordedRun recorded = read(run);
        return recorded.end()
                .filter(end -> end.status() != RunEnd.Status.INTERRUPTED)
                .map(_ -> recorded);
    }
}
