package io.orrery.app.report.html;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compact JSON for the page's script, safe inside a script element. */
public final class ChartJson {
    private ChartJson() {}

    /** The text of maps, lists, arrays of numbers, strings, numbers and booleans. Map order is kept. */
    public static String of(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> quote(String.valueOf(e.getKey())) + ":" + of(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(ChartJson::of).collect(Collectors.joining(",", "[", "]"));
            case double[] numbers -> {
                StringBuilder text = new StringBuilder("[");
                for (int i = 0; i < numbers.length; i++) {
                    text.append(i == 0 ? "" : ",").append(Numbers.json(numbers[i]));
                }
                yield text.append(']').toString();
            }
            case long[] numbers -> {
                StringBuilder text = new StringBuilder("[");
                for (int i = 0; i < numbers.length; i++) {
                    text.append(i == 0 ? "" : ",").append(numbers[i]);
                }
                yield text.append(']').toString();
            }
            case Double number -> Numbers.json(number);
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Boolean truth -> truth.toString();
            case String text -> quote(text);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    // '<' would end the script element in "</script>"; the separators end a line in old parsers.
                    if (c < 0x20 || c == '<' || c == '\u2028' || c == '\u2029') {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
