package io.orrery.lab.text;

import java.util.Locale;

/** Text from a file as messages show it: no control characters, which a terminal would obey, and not at any length. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** The text with control, format and unpaired characters as escapes, cut where it gets long. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder();
        int[] all = text.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(all.length, LONGEST); i++) {
            int type = Character.getType(all[i]);
            boolean odd = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.UNASSIGNED;
            if (odd) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", all[i]));
            } else {
                shown.appendCodePoint(all[i]);
            }
        }
        return all.length > LONGEST ? shown.append("...").toString() : shown.toString();
    }
}
