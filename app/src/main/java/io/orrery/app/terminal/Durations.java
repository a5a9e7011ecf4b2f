package io.orrery.app.terminal;

import java.util.Locale;

/** Spans of time for people. */
public final class Durations {
    private Durations() {}

    /** For instance {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s} or {@code 2 h 10 min}. */
    public static String text(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
}
