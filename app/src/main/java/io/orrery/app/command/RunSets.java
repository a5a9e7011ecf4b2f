package io.orrery.app.command;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sets of runs as users name them: a study, {@code study:key=value,...}, or one run. */
final class RunSets {
    private final LabBook book;
    private final Omissions omissions;

    /** Sets of a book; what of them cannot be used is named among the omissions. */
    RunSets(LabBook book, Omissions omissions) {
        this.book = book;
        this.omissions = omissions;
    }

    /** The runs of a set, each with the last reading of every series. */
    List<RecordedRun> named(String text) {
        return readable(booked(text), book::last, omissions);
    }

    /** The runs of a set. */
    List<BookedRun> booked(String text) {
        int colon = text.indexOf(':');
        String study = colon < 0 ? text : text.substring(0, colon);
        LabBook.Listing held = book.held(study);
        List<BookedRun> runs = held.runs();
        if (runs.isEmpty()) {
            if (!held.damaged().isEmpty()) {
                throw new UserError(held.damaged().getFirst());
            }
            return List.of(book.find(text));
        }
        held.damaged().forEach(omissions::add);
        Map<String, String> wanted = colon < 0 ? Map.of() : setting(text.substring(colon + 1));
        List<BookedRun> chosen = runs.stream()
                .filter(run -> wanted.entrySet().stream()
                        .allMatch(entry -> same(entry.getValue(), run.setting().getOrDefault(entry.getKey(), ""))))
                .toList();
        if (chosen.isEmpty()) {
            throw new UserError("no run of the study '" + study + "' has the setting " + text.substring(colon + 1)
                    + "; it has " + settings(runs));
        }
        return chosen;
    }

    private static String settings(List<BookedRun> runs) {
        List<String> settings = runs.stream()
                .map(run -> run.setting().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")))
                .filter(setting -> !setting.isEmpty())
                .distinct()
                .toList();
        return settings.isEmpty() ? "no settings, only seeds" : String.join("; ", settings);
    }

    /** The same text or the same number: 0.001 is 1e-3. */
    private static boolean same(String wanted, String found) {
        try {
            return wanted.equals(found) || Double.parseDouble(wanted) == Double.parseDouble(found);
        } catch (NumberFormatException text) {
            return false;
        }
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

    private static Map<String, String> setting(String text) {
        Map<String, String> setting = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new UserError(
                        "expected STUDY:key=value, such as decay:decay.lambda=0, found '" + part + "' after the colon");
            }
            setting.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return setting;
    }
}
