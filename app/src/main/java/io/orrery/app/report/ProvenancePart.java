package io.orrery.app.report;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.study.RecordedClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the runs were made with. */
final class ProvenancePart {
    private ProvenancePart() {}

    static String html(StudyData data) {
        Map<String, Set<String>> values = values(data);
        Table table = new Table(List.of("what", "value"));
        values.forEach((what, all) -> {
            List<String> shown = new ArrayList<>(all);
            String text = String.join("; ", shown.subList(0, Math.min(4, shown.size())));
            table.row(List.of(
                    Html.escape(what),
                    Html.escape(shown.size() > 4 ? text + "; and " + (shown.size() - 4) + " more" : text)));
        });
        return values.isEmpty() ? "" : table.html("What the runs were made with");
    }

    /** A value that all runs share. */
    static Optional<String> shared(StudyData data, String what) {
        return Optional.ofNullable(values(data).get(what))
                .filter(all -> all.size() == 1)
                .map(all -> all.iterator().next());
    }

    private static Map<String, Set<String>> values(StudyData data) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (RecordedRun run : data.runs()) {
            List<String> classes = RecordedClasses.of(run);
            run.provenance()
                    .forEach((what, value) -> values.computeIfAbsent(what, key -> new LinkedHashSet<>())
                            .add(what.equals(RecordedClasses.KEY) ? String.join(", ", classes) : value));
        }
        return values;
    }
}
