package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.text.Json;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What the spec of a recorded run says, read leniently: it may lack keys, or be damaged and then say nothing. */
record RecordedSpec(Json json) {
    static RecordedSpec of(RecordedRun run) {
        try {
            return new RecordedSpec(Json.parse(run.spec()));
        } catch (Json.SyntaxException damaged) {
            return new RecordedSpec(new Json.Null());
        }
    }

    /** A number; NaN where there is none. */
    double number(String block, String key) {
        return value(block, key).orElse(new Json.Null()) instanceof Json.Number(String literal)
                ? Double.parseDouble(literal)
                : Double.NaN;
    }

    /** A text; empty where there is none. */
    String text(String block, String key) {
        return value(block, key).orElse(new Json.Null()) instanceof Json.Text(String text) ? text : "";
    }

    /** Whether a key holds a list with entries. */
    boolean listed(String block, String key) {
        return value(block, key).orElse(new Json.Null()) instanceof Json.Items items
                && !items.values().isEmpty();
    }

    /** The whole spec as text without one key, to see whether two specs differ in it alone. */
    String without(String block, String key) {
        if (!(json instanceof Json.Fields all)) {
            return json.write();
        }
        Json.Fields kept = new Json.Fields(new LinkedHashMap<>(all.values()));
        if (all.get(block).orElse(new Json.Null()) instanceof Json.Fields fields) {
            SequencedMap<String, Json> others = new LinkedHashMap<>(fields.values());
            others.remove(key);
            kept.put(block, new Json.Fields(others));
        }
        return kept.write();
    }

    private Optional<Json> value(String block, String key) {
        return json instanceof Json.Fields all && all.get(block).orElse(new Json.Null()) instanceof Json.Fields fields
                ? fields.get(key)
                : Optional.empty();
    }
}
