package io.orrery.app.command.run;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.RunSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How a user names runs: {@code STUDY}, {@code STUDY@SET}, either with {@code :key=value,key=value}. Values, such as the arms of
 * a claim, may themselves hold commas, colons and equals signs: they are compared with what the runs have, not cut to pieces.
 *
 * @param set the beginning of a set's id
 * @param setting as written; empty if none was
 */
record SetName(String study, Optional<String> set, String setting) {
    /**
     * Reads a name.
     *
     * @param known whether there is a study of a name
     */
    static SetName of(String text, Predicate<String> known) {
        int colon = text.indexOf(':');
        String study = colon < 0 ? text : text.substring(0, colon);
        String setting = colon < 0 ? "" : text.substring(colon + 1);
        int at = study.lastIndexOf('@');
        return at < 0 || known.test(study)
                ? new SetName(study, Optional.empty(), setting)
                : new SetName(study.substring(0, at), Optional.of(study.substring(at + 1)), setting);
    }

    /** A setting as it is written after the colon. */
    static String text(Map<String, String> setting) {
        return setting.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /**
     * Those of a study's runs that have this name.
     *
     * @throws UserError if the study has no such set or setting, saying which it has
     */
    List<BookedRun> choose(List<BookedRun> runs) {
        List<BookedRun> ofSet = set.map(id -> ofSet(runs, id)).orElse(runs);
        List<BookedRun> chosen = ofSet.stream()
                .filter(run -> setting.isEmpty() || fits(setting, run.setting()))
                .toList();
        if (chosen.isEmpty()) {
            List<String> settings = ofSet.stream()
                    .map(run -> text(run.setting()))
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
            throw new UserError("no run of the study '" + study + "' has the setting " + setting + "; it has "
                    + (settings.isEmpty() ? "no settings, only seeds" : String.join("; ", settings)));
        }
        return chosen;
    }

    private List<BookedRun> ofSet(List<BookedRun> runs, String id) {
        List<RunSet> sets = RunSet.of(runs);
        List<RunSet> found = sets.stream()
                .filter(candidate -> !id.isEmpty() && candidate.id().startsWith(id))
                .toList();
        if (found.size() != 1) {
            throw new UserError("the study '" + study + "' has " + (found.isEmpty() ? "no set '" : "several sets '")
                    + id + "'; it has " + sets.stream().map(RunSet::name).collect(Collectors.joining(", ")));
        }
        return found.getFirst().runs();
    }

    /** Whether a text such as {@code arm=decay, full batch,seed=3} gives some of a run's values and nothing else. */
    static boolean fits(String text, Map<String, String> setting) {
        for (var entry : setting.entrySet()) {
            String start = entry.getKey() + "=";
            if (!text.startsWith(start)) {
                continue;
            }
            String rest = text.substring(start.length());
            Map<String, String> others = new LinkedHashMap<>(setting);
            others.remove(entry.getKey());
            int end = -1;
            do {
                end = rest.indexOf(',', end + 1);
                String value = end < 0 ? rest : rest.substring(0, end);
                if (same(value.strip(), entry.getValue())
                        && (end < 0 || fits(rest.substring(end + 1).strip(), others))) {
                    return true;
                }
            } while (end >= 0);
        }
        return false;
    }

    /** The same text or the same number: 0.001 is 1e-3. */
    private static boolean same(String wanted, String found) {
        try {
            return wanted.equals(found) || Double.parseDouble(wanted) == Double.parseDouble(found);
        } catch (NumberFormatException text) {
            return false;
        }
    }
}
