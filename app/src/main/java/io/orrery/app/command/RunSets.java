package io.orrery.app.command;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets of runs as users name them: a study, {@code study:key=value,...}, or one run. */
final class RunSets {
    private final LabBook book;

    RunSets(LabBook book) {
        this.book = book;
    }

    /** The runs of a set with their measurements. */
    List<RecordedRun> named(String text) {
        int colon = text.indexOf(':');
        String study = colon < 0 ? text : text.substring(0, colon);
        List<BookedRun> runs = book.study(study);
        if (runs.isEmpty()) {
            return List.of(book.read(text));
        }
        Map<String, String> wanted = colon < 0 ? Map.of() : setting(text.substring(colon + 1));
        List<BookedRun> chosen = runs.stream()
                .filter(run -> wanted.entrySet().stream()
                        .allMatch(entry -> same(entry.getValue(), run.setting().getOrDefault(entry.getKey(), ""))))
                .toList();
        if (chosen.isEmpty()) {
            throw new UserError("no run of the study '" + study + "' has the setting " + text.substring(colon + 1)
                    + "; it has " + settings(runs));
        }
        return readable(book, chosen);
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

    /** The runs with their measurements; a damaged one is named on standard error and does not hide the others. */
    static List<RecordedRun> readable(LabBook book, List<BookedRun> runs) {
        List<RecordedRun> readable = new ArrayList<>();
        List<UserError> damaged = new ArrayList<>();
        for (BookedRun run : runs) {
            try {
                readable.add(book.read(run));
            } catch (UserError unreadable) {
                damaged.add(unreadable);
            }
        }
        if (readable.isEmpty() && !damaged.isEmpty()) {
            throw damaged.getFirst();
        }
        damaged.forEach(error -> System.err.println("orrery: left out: " + error.getMessage()));
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
