package io.orrery.lab.text;

import java.util.Locale;

/** JSON as text. */
final class JsonWriter {
    private JsonWriter() {}

    static void write(Json json, StringBuilder out) {
        switch (json) {
            case Json.Fields fields -> {
                out.append('{');
                String separator = "";
                for (var field : fields.values().entrySet()) {
                    out.append(separator);
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
            case Json.Items items -> {
                out.append('[');
                String separator = "";
                for (Json value : items.values()) {
                    out.append(separator);
                    write(value, out);
                    separator = ",";
                }
                out.append(']');
            }
            case Json.Text text -> quote(text.value(), out);
            case Json.Number number -> out.append(number.literal());
            case Json.Flag flag -> out.append(flag.value());
            case Json.Null _ -> out.append("null");
        }
    }

    /** In quotes; everything that YAML or a terminal would not take as it stands is escaped. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            index += Character.charCount(point);
            switch (point) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (plain(point)) {
                        out.appendCodePoint(point);
                    } else {
                        for (char unit : Character.toChars(point)) {
                            out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                        }
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean plain(int point) {
        if (point < 0x80) {
            return point >= ' ' && point < 0x7f;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
