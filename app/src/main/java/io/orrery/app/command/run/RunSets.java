package io.orrery.app.command.run;

import io.orrery.app.command.common.Omissions;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.book.RunSet;
import io.orrery.lab.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sets of runs as users name them: see {@link SetName}; or one run. */
final class RunSets {
    private final LabBook book;
    private final Omissions omissions;

    /** Sets of a book; what of them cannot be used is named among the omissions. */
    RunSets(LabBook book, Omissions omissions) {
        this.book = book;
        this.omissions = omissions;
    }

    /**
     * Runs of one setting, one spec and one set of data.
     *
     * @param set the same without measurements
     */
    record Chosen(RunSet set, List<RecordedRun> runs) {}

    /** The runs that a text names, of whatever specs and data they are. */
    List<BookedRun> booked(String text) {
        SetName name = SetName.of(text, study -> !held(study).runs().isEmpty());
        LabBook.Listing held = held(name.study());
        if (held.runs().isEmpty()) {
            if (!held.damaged().isEmpty()) {
                throw new UserError(held.damaged().getFirst());
            }
            return List.of(book.find(text));
        }
        held.damaged().forEach(omissions::add);
        return name.choose(held.runs());
    }

    private LabBook.Listing held(String study) {
        return book.held(study);
    }

    /**
     * The runs of a set that can be averaged.
     *
     * @throws UserError if the text names runs of several specs, data or settings, saying which
     */
    Chosen one(String text) {
        List<BookedRun> chosen = booked(text);
        List<RunSet> sets = RunSet.of(chosen);
        if (sets.size() > 1) {
            throw several(text, sets);
        }
        List<Map<String, String>> settings =
                chosen.stream().map(BookedRun::setting).distinct().toList();
        if (settings.size() > 1) {
            throw new UserError("'" + text + "' has runs of " + settings.size() + " settings; name one of "
                    + settings.stream()
                            .limit(8)
                            .map(setting -> Shell.quoted(text + ":" + SetName.text(setting)))
                            .collect(Collectors.joining(", "))
                    + (settings.size() > 8 ? ", ..." : ""));
        }
        return new Chosen(sets.getFirst(), overviews(book, chosen, omissions));
    }

    private static UserError several(String text, List<RunSet> sets) {
        int colon = text.indexOf(':');
        String setting = colon < 0 ? "" : text.substring(colon);
        return new UserError("'" + text + "' stands for runs of " + sets.size() + " sets, which differ in "
                + RunSet.differences(sets) + ". Name one: "
                + sets.stream()
                        .map(set -> Shell.quoted(set.name() + setting) + " (" + set.about() + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** The set of a study that was begun last, and for people what else goes by its name. */
    record Last(RunSet set, List<String> others) {}

    /** The set of a study that a text names, STUDY or STUDY@SET; of several the one that was begun last. */
    Last last(String text) {
        SetName name = SetName.of(text, study -> !held(study).runs().isEmpty());
        LabBook.Listing held = held(name.study());
        held.damaged().forEach(omissions::add);
        if (held.runs().isEmpty()) {
            throw held.damaged().isEmpty()
                    ? book.unknownStudy(name.study())
                    : new UserError(held.damaged().getFirst());
        }
        List<RunSet> sets = RunSet.of(name.choose(held.runs()));
        List<String> others = sets.subList(0, sets.size() - 1).stream()
                .map(set -> set.name() + " (" + set.about() + "): differs in "
                        + RunSet.differences(List.of(set, sets.getLast())))
                .toList();
        return new Last(sets.getLast(), others);
    }

    /** The set that a run belongs to. */
    RunSet around(BookedRun run) {
        return RunSet.of(book.held(String.valueOf(run.studyFolder().getFileName()))
                        .runs())
                .stream()
                .filter(set -> set.runs().stream().anyMatch(other -> other.key().equals(run.key())))
                .findFirst()
                .orElseGet(() -> RunSet.of(List.of(run)).getFirst());
    }

    /** The runs with their measurements, of long runs thinned; a damaged one is named and does not hide the others. */
    static List<RecordedRun> overviews(LabBook book, List<BookedRun> runs, Omissions omissions) {
        return readable(runs, book::overview, omissions);
    }

    private static List<RecordedRun> readable(
            List<BookedRun> runs, Function<BookedRun, RecordedRun> reading, Omissions omissions) {
        List<RecordedRun> readable = new ArrayList<>();
        List<UserError> damaged = new ArrayList<>();
        for (BookedRun run : runs) {
            try {
                RecordedRun read = reading.apply(run);
                read.thinned().ifPresent(how -> System.err.println("orrery: " + run.name() + ": " + how));
                if (read.end().isEmpty()) {
                    Omissions.unfinished(run);
                }
                readable.add(read);
            } catch (UserError unreadable) {
                damaged.add(unreadable);
            }
        }
        if (readable.isEmpty() && !damaged.isEmpty()) {
            throw damaged.getFirst();
        }
        damaged.forEach(omissions::add);
        return List.copyOf(readable);
    }
}
