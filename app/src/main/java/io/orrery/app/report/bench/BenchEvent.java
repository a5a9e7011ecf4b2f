package io.orrery.app.report.bench;

import io.orrery.lab.text.Json;
import java.util.Optional;

/**
 * One line of a bench as programs read it. What it lacks is NaN or empty, so that pages of other versions can still be made.
 *
 * @param fields of the JSON object
 */
record BenchEvent(Json.Fields fields) {
    String text(String key) {
        return fields.get(key).orElse(new Json.Null()) instanceof Json.Text(String value) ? value : "";
    }

    double number(String key) {
        return fields.get(key).orElse(new Json.Null()) instanceof Json.Number number ? number.asDouble() : Double.NaN;
    }

    boolean has(String key) {
        return fields.get(key).isPresent();
    }

    /** A nested object; empty if there is none. */
    BenchEvent inside(String key) {
        Optional<Json> value = fields.get(key);
        return new BenchEvent(value.orElse(Json.object()) instanceof Json.Fields nested ? nested : Json.object());
    }

    boolean is(String event, String suite) {
        return text("event").equals(event) && text("suite").equals(suite);
    }
}
