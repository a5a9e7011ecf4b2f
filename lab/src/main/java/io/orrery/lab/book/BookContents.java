package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.FileStamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Goes through the folders of a lab book. Folders are read side by side; what is found comes in the order of their names. */
final class BookContents {
    private final Path book;

    BookContents(Path book) {
        this.book = book;
    }

    /** The folders that may be studies, by name. */
    List<Path> studies() {
        return RunFolder.list(book).stream().filter(Files::isDirectory).toList();
    }

    /** What one folder is found to hold. */
    private record Found(Optional<BookedRun> run, Optional<String> damage) {
        static Found of(Path folder) {
            try {
                return switch (new RunFolder(folder).look()) {
                    case RunFolder.Identity.Sound(BookedRun run) -> new Found(Optional.of(run), Optional.empty());
                    case RunFolder.Identity.Damaged(UserError how) -> damaged(how);
                    case RunFolder.Identity.Missing(UserError how) -> damaged(how);
                    case RunFolder.Identity.None() -> new Found(Optional.empty(), Optional.empty());
                };
            } catch (UserError unreadable) {
                return damaged(unreadable);
            }
        }

        private static Found damaged(UserError how) {
            return new Found(Optional.empty(), Optional.of(String.valueOf(how.getMessage())));
        }
    }

    /** The runs of some studies' folders. */
    LabBook.Listing runs(List<Path> studies) {
        List<String> damaged = new ArrayList<>();
        List<BookedRun> runs = new ArrayList<>();
        for (Found found :
                folders(studies, damaged).parallelStream().map(Found::of).toList()) {
            found.run.ifPresent(runs::add);
            found.damage.ifPresent(damaged::add);
        }
        return new LabBook.Listing(List.copyOf(runs), List.copyOf(damaged));
    }

    /** One line of the list, with what makes it worth keeping in the index. */
    private record Line(
            Optional<ListedRun> run, Optional<String> damage, Optional<ListIndex.Entry> entry, boolean known) {}

    /** The list of all runs. */
    LabBook.Overview list() {
        List<String> damaged = new ArrayList<>();
        Map<String, ListIndex.Entry> known = ListIndex.read(book);
        long now = System.currentTimeMillis() * 1_000_000;
        List<Line> lines = folders(studies(), damaged).parallelStream()
                .map(folder -> line(folder, known, now))
                .toList();
        Map<String, ListIndex.Entry> index = new TreeMap<>();
        lines.forEach(
                line -> line.entry.ifPresent(entry -> index.put(entry.run().folder(), entry)));
        if (lines.stream().anyMatch(line -> line.entry.isPresent() && !line.known)) {
            ListIndex.write(book, index);
        }
        lines.forEach(line -> line.damage.ifPresent(damaged::add));
        return new LabBook.Overview(
                lines.stream().flatMap(line -> line.run.stream()).toList(), List.copyOf(damaged));
    }

    private static Line line(Path folder, Map<String, ListIndex.Entry> known, long now) {
        ListIndex.Entry before = known.get(BookedRun.folderName(folder));
        if (before != null && before.holds(folder)) {
            return new Line(Optional.of(before.run()), Optional.empty(), Optional.of(before), true);
        }
        RunFolder files = new RunFolder(folder);
        Optional<Map<String, FileStamp>> stamps = ListIndex.stamps(files, now);
        Found found = Found.of(folder);
        if (found.run.isEmpty()) {
            return new Line(Optional.empty(), found.damage, Optional.empty(), false);
        }
        try {
            ListedRun run = ListedRun.of(found.run.get(), RunCheck.of(files, found.run.get()));
            return new Line(
                    Optional.of(run),
                    Optional.empty(),
                    run.damage().isPresent() || !run.remarks().isEmpty()
                            ? Optional.empty()
                            : stamps.map(seen -> new ListIndex.Entry(run, seen)),
                    false);
        } catch (UserError unreadable) {
            return new Line(
                    Optional.empty(),
                    Optional.of(found.run.get().name() + ": " + unreadable.getMessage()),
                    Optional.empty(),
                    false);
        }
    }

    private static List<Path> folders(List<Path> studies, List<String> damaged) {
        List<Path> folders = new ArrayList<>();
        for (Path study : studies) {
            try {
                RunFolder.list(study).stream().filter(Files::isDirectory).forEach(folders::add);
            } catch (UserError unreadable) {
                damaged.add(String.valueOf(unreadable.getMessage()));
            }
        }
        return folders;
    }

    /**
     * The runs of a study: those recorded under its name in the folder of that name; else those in another folder, which was
     * renamed; else whatever is in the folder of that name.
     *
     * @throws UserError if several other folders hold runs recorded under the name
     */
    LabBook.Listing study(String name) {
        Path place = book.resolve(name);
        LabBook.Listing own = runs(List.of(place));
        List<BookedRun> recorded =
                own.runs().stream().filter(run -> run.study().equals(name)).toList();
        if (!recorded.isEmpty()) {
            return new LabBook.Listing(recorded, own.damaged());
        }
        if (!own.runs().isEmpty()) {
            return own;
        }
        Map<Path, List<BookedRun>> elsewhere = new LinkedHashMap<>();
        List<String> damaged = new ArrayList<>(own.damaged());
        for (Path study : studies()) {
            if (study.equals(place)) {
                continue;
            }
            LabBook.Listing listing = runs(List.of(study));
            List<BookedRun> fitting = listing.runs().stream()
                    .filter(run -> run.study().equals(name))
                    .toList();
            if (!fitting.isEmpty()) {
                elsewhere.put(study, fitting);
                damaged.addAll(listing.damaged());
            }
        }
        if (elsewhere.size() > 1) {
            throw new UserError("several folders hold runs of the study '" + name + "': "
                    + String.join(
                            ", ",
                            elsewhere.keySet().stream()
                                    .map(path -> path.getFileName().toString())
                                    .toList())
                    + "; name the one that is meant");
        }
        return new LabBook.Listing(
                elsewhere.values().stream().flatMap(List::stream).toList(), List.copyOf(damaged));
    }

    /** Where the runs of a study lie or will lie: in the folder of its name, or in the one that it was renamed to. */
    Path folder(String study) {
        Path place = book.resolve(study);
        if (Files.isDirectory(place)) {
            return place;
        }
        return studies().stream()
                .filter(other ->
                        first(other).filter(run -> run.study().equals(study)).isPresent())
                .min(Comparator.naturalOrder())
                .orElse(place);
    }

    /** Some run of a folder. */
    private static Optional<BookedRun> first(Path study) {
        Stream<Path> folders = RunFolder.list(study).stream().filter(Files::isDirectory);
        return folders.map(Found::of).flatMap(found -> found.run.stream()).findFirst();
    }
}
