package io.orrery.lab.book.verdict;

import io.orrery.lab.text.Json;
import java.util.List;

/** Reads the parts of a verdict's file; what is not as it was written is an {@link IllegalArgumentException} that says so. */
final class Booked {
    private Booked() {}

    static Json.Fields object(Json json, String what) {
        if (json instanceof Json.Fields fields) {
            return fields;
        }
        throw new IllegalArgumentException(what + " is an object");
    }

    static Json field(Json.Fields fields, String key) {
        return fields.get(key).orElseThrow(() -> new IllegalArgumentException("there is no " + key));
    }

    static String text(Json.Fields fields, String key) {
        if (field(fields, key) instanceof Json.Text text) {
            return text.value();
        }
        throw new IllegalArgumentException(key + " is no text");
    }

    static List<Json> list(Json.Fields fields, String key) {
        if (field(fields, key) instanceof Json.Items(List<Json> items)) {
            return items;
        }
        throw new IllegalArgumentException(key + " is no list");
    }

    static List<String> texts(Json.Fields fields, String key) {
        List<Json> items = list(fields, key);
        if (items.stream().allMatch(Json.Text.class::isInstance)) {
            return items.stream().map(item -> ((Json.Text) item).value()).toList();
        }
        throw new IllegalArgumentException(key + " is no list of texts");
    }

    static List<Json> pair(Json.Fields fields, String key) {
        List<Json> ends = list(fields, key);
        if (ends.size() == 2) {
            return ends;
        }
        throw new IllegalArgumentException(key + " has two ends");
    }

    static double number(Json.Fields fields, String key) {
        return number(field(fields, key));
    }

    static double number(Json value) {
        return value instanceof Json.Number number ? number.asDouble() : Double.NaN;
    }

    /** A limit; null stands for one that there is not. */
    static double limit(Json value, double none) {
        return value instanceof Json.Number number ? number.asDouble() : none;
    }
}
