package io.orrery.app.terminal;

import java.io.PrintStream;
import java.util.Map;

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
    private static final int DEFAULT_COLUMNS = 80;
    /** Some terminals that are not yet laid out say that they have none. */
    private static final int LEAST_COLUMNS = 20;

    /** The process's own streams; the launcher says whether standard error is a terminal and how wide it is. */
    public static Terminal ofProcess() {
        boolean interactive = Boolean.getBoolean("orrery.terminal") && understandsControls(System.getenv());
        boolean styled = interactive && Boolean.getBoolean("orrery.terminal.out") && wantsColour(System.getenv());
        return new Terminal(System.out, System.err, interactive, styled, columnsOfProcess());
    }

    /** Width of the process's terminal; that of a common one where there is none. */
    public static int columnsOfProcess() {
        return Math.max(LEAST_COLUMNS, Integer.getInteger("orrery.columns", DEFAULT_COLUMNS));
    }

    /** Whether lines can be redrawn: not on a terminal that calls itself dumb, such as an editor's. */
    static boolean understandsControls(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        return !kind.isEmpty() && !kind.equals("dumb");
    }

    /** The convention of no-color.org: set, and not empty, means none. */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
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
        return styled ? Guarded.ESCAPE + "[" + code + "m" + text + Guarded.ESCAPE + "[0m" : text;
    }
}
