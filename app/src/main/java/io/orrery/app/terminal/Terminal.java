package io.orrery.app.terminal;

import java.io.PrintStream;

/**
 * Where text for people goes.
 *
 * @param out results
 * @param err progress and errors
 * @param interactive whether {@code err} is a terminal whose lines can be redrawn
 * @param styled whether both streams are a terminal, so that colour reaches no file
 * @param columns width of the terminal in characters
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean styled, int columns) {
    private static final int DEFAULT_COLUMNS = 100;

    /** The process's own streams; the launcher says whether standard error is a terminal and how wide it is. */
    public static Terminal ofProcess() {
        boolean interactive = Boolean.getBoolean("orrery.terminal");
        boolean styled = interactive && Boolean.getBoolean("orrery.terminal.out") && System.getenv("NO_COLOR") == null;
        return new Terminal(
                System.out, System.err, interactive, styled, Integer.getInteger("orrery.columns", DEFAULT_COLUMNS));
    }

    /** The text in bold on a terminal, unchanged elsewhere. */
    public String bold(String text) {
        return styled(text, "1");
    }

    /** The text in red on a terminal, unchanged elsewhere. */
    public String red(String text) {
        return styled(text, "31");
    }

    private String styled(String text, String code) {
        return styled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
