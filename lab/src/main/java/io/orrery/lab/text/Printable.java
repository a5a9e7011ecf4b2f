package io.orrery.lab.text;

import java.util.Locale;

/** Text from outside (names of files and classes, cells of tables, arguments) on its way to people. */
public final class Printable {
    private Printable() {}

    /**
     * The text with everything escaped as in Java that a terminal would obey or that would pretend to be other text: control
     * characters and line breaks, halves of characters, characters that are none, marks that turn the direction of writing.
     */
    public static String shown(String text) {
        if (text.codePoints().noneMatch(Printable::hidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (hidden(point)) {
                        for (char unit : Character.toChars(point)) {
                            shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                        }
                    } else {
                        shown.appendCodePoint(point);
                    }
                }
            }
        });
        return shown.toString();
    }

    /** Whether a text may name a file: no control characters and no halves of characters. */
    public static boolean isName(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.getType(point) == Character.CONTROL
                        || Character.getType(point) == Character.SURROGATE);
    }

    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT ->
                point == 0x200e
                        || point == 0x200f
                        || point >= 0x202a && point <= 0x202e
                        || point >= 0x2066 && point <= 0x2069;
            default -> false;
        };
    }
}
