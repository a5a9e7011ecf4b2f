package io.orrery.app.command;

/** Long sentences in lines that fit a terminal. */
final class Wrapped {
    private static final int LEAST_WIDTH = 40;

    private Wrapped() {}

    /** The text after a mark, later lines indented to the same column. */
    static String item(String mark, String text, int columns) {
        int indent = mark.replaceAll("\u001b\\[[0-9;]*m", "").length() + 1;
        int width = Math.max(LEAST_WIDTH, columns - 1 - indent);
        StringBuilder lines = new StringBuilder(mark).append(' ');
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
