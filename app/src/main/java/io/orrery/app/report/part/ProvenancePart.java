package io.orrery.app.report.part;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Table;
import io.orrery.app.report.series.StudyData;
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
public final class ProvenancePart {
    private ProvenancePart() {}

    /** The part of the page that says what the runs were made with. */
    public static String html(StudyData data) {
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
    public static Optional<String> shared(StudyData data, String what) {
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
