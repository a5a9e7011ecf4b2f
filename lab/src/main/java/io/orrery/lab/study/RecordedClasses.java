package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the classes of a run's data, which its provenance keeps for those who read its measurements. */
public final class RecordedClasses {
    /** The key in a run's provenance. */
    public static final String KEY = "classes";

    private RecordedClasses() {}

    /** The names in the order of the labels; empty where an older version recorded none. */
    public static List<String> of(RecordedRun run) {
        String text = run.provenance().getOrDefault(KEY, "");
        try {
            return text.isEmpty() || !(Json.parse(text) instanceof Json.Items items)
                    ? List.of()
                    : items.values().stream()
                            .map(name -> name instanceof Json.Text(String words) ? words : name.write())
                            .toList();
        } catch (Json.SyntaxException damaged) {
            return List.of();
        }
    }

    /** Provenance with the names. */
    static Map<String, String> add(Map<String, String> provenance, List<String> names) {
        Map<String, String> all = new LinkedHashMap<>(provenance);
        all.put(KEY, Json.array(names.stream().map(Json::text).toList()).write());
        return all;
    }
}
