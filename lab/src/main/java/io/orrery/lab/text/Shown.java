package io.orrery.lab.text;

/** Text from a file as messages quote it: {@link Printable}, and not at any length. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** The text, cut where it gets long. */
    public static String text(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? Printable.shown(text)
                : Printable.shown(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "...";
    }
}
