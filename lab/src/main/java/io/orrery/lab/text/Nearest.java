package io.orrery.lab.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The valid name with the fewest single-letter insertions, deletions, replacements and swaps of neighbours (Damerau
     * 1964, Levenshtein 1966) from what was found, capital letters and hyphens apart; empty if none is near.
     */
    public static Optional<String> to(String found, Collection<String> valid) {
        String wanted = plain(found);
        return valid.stream()
                .filter(name -> near(wanted, plain(name)))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'x'? Valid: a, b, x}, with only what is known. */
    public static String hint(String found, Collection<String> valid) {
        String list = valid.isEmpty() ? "nothing is valid here" : "valid: " + String.join(", ", valid);
        return to(found, valid)
                .map(name -> "did you mean '" + name + "'? (" + list + ")")
                .orElse(list);
    }

    private static boolean near(String wanted, String name) {
        int distance = distance(wanted, name);
        int most = Math.max(1, Math.max(wanted.length(), name.length()) * 2 / 5);
        return distance <= most || (wanted.length() >= 3 && name.contains(wanted));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
