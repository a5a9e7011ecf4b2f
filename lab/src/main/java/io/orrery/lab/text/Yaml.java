package io.orrery.lab.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes YAML for people from a JSON value: blocks for objects, one line for lists of plain values. */
public final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+-]+)*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private Yaml() {}

    /** A document that reads back to the same value. */
    public static String write(Json.Fields fields) {
        StringBuilder out = new StringBuilder();
        block(fields, "", out);
        return out.toString();
    }

    private static void block(Json.Fields fields, String indent, StringBuilder out) {
        fields.values().forEach((key, value) -> {
            out.append(indent).append(scalar(key)).append(':');
            if (value instanceof Json.Fields inner && !inner.values().isEmpty()) {
                out.append('\n');
                block(inner, indent + "  ", out);
            } else {
                out.append(' ').append(flow(value)).append('\n');
            }
        });
    }

    private static String flow(Json value) {
        return switch (value) {
            case Json.Fields fields -> {
                StringBuilder out = new StringBuilder("{");
                fields.values()
                        .forEach((key, inner) -> out.append(out.length() > 1 ? ", " : "")
                                .append(scalar(key))
                                .append(": ")
                                .append(flow(inner)));
                yield out.append('}').toString();
            }
            case Json.Items items -> {
                StringBuilder out = new StringBuilder("[");
                items.values()
                        .forEach(inner ->
                                out.append(out.length() > 1 ? ", " : "").append(flow(inner)));
                yield out.append(']').toString();
            }
            case Json.Text text -> scalar(text.value());
            case Json.Number number -> number.literal();
            case Json.Flag flag -> Boolean.toString(flag.value());
            case Json.Null _ -> "null";
        };
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder();
        JsonWriter.quote(text, quoted);
        return quoted.toString();
    }
}
