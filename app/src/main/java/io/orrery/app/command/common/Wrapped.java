package io.orrery.app.command.common;

import io.orrery.app.terminal.Guarded;

/** Long sentences in lines that fit a terminal. */
public final class Wrapped {
    private static final int LEAST_WIDTH = 40;
    private static final int NARROW_INDENT = 4;

    private Wrapped() {}

    /**
     * The text after a mark, later lines indented to the same column; below the mark where there would be little room beside
     * it. Words are never cut.
     */
    public static String item(String mark, String text, int columns) {
        int beside = mark.replaceAll(Guarded.ESCAPE + "\\[[0-9;]*m", "").length() + 1;
        boolean narrow = columns - 1 - beside < LEAST_WIDTH;
        int indent = !narrow ? beside : mark.isBlank() ? 0 : NARROW_INDENT;
        int width = columns - 1 - indent;
        StringBuilder lines = new StringBuilder();
        if (!narrow) {
            lines.append(mark).append(' ');
        } else {
            lines.append(mark.isBlank() ? "" : mark.stripTrailing() + System.lineSeparator())
                    .append(" ".repeat(indent));
        }
        int used = 0;
        for (String word : text.split(" ", -1)) {
            if (used > 0 && used + 1 + word.length() > width) {
                lines.append(System.lineSeparator()).append(" ".repeat(indent));
                used = 0;
            } else if (used > 0) {
                lines.append(' ');
                used++;
            }
            lines.append(word);
            used += word.length();
        }
        return lines.toString();
    }
}
