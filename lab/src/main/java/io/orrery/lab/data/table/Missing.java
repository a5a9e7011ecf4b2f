package io.orrery.lab.data.table;

import java.util.Locale;
import java.util.Set;

/** How tables write that a value is missing: nothing, or one of the words of R, Python, SQL and spreadsheets. */
public final class Missing {
    private static final int LONGEST = 8;
    private static final Set<String> WORDS = Set.of(
            "",
            "?",
            ".",
            "--",
            "nan",
            "-nan",
            "+nan",
            "na",
            "n/a",
            "n.a.",
            "#n/a",
            "#na",
            "#n/a n/a",
            "<na>",
            "nat",
            "null",
            "#null!",
            "nil",
            "none",
            "missing",
            "1.#qnan",
            "-1.#ind",
            "1.#ind",
            "#value!");

    private Missing() {}

    /** Whether a cell, without blanks around it, says that its value is missing. */
    static boolean is(String cell) {
        return cell.length() <= LONGEST && WORDS.contains(cell.toLowerCase(Locale.ROOT));
    }
}
