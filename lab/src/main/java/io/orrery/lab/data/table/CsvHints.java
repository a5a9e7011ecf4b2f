package io.orrery.lab.data.table;

import java.util.List;
import java.util.regex.Pattern;

/** What a table that does not fit its format was probably written as: for messages only, nothing is guessed. */
final class CsvHints {
    private static final List<Character> SEPARATORS = List.of('\t', ';', '|', ',', ' ');

    private CsvHints() {}

    /**
     * Names the separator, and the decimal comma, that would fit some lines; empty if none does.
     *
     * @param lines the first lines of the table
     */
    static String of(List<String> lines, CsvFormat format) {
        for (char candidate : SEPARATORS) {
            long wanted = count(lines.getFirst(), candidate);
            if (candidate != format.separator()
                    && wanted > 0
                    && lines.stream().allMatch(line -> count(line, candidate) == wanted)) {
                boolean comma = format.decimal() == '.' && candidate != ',' && decimalCommas(lines, candidate);
                return "; the columns seem to be separated by " + name(candidate)
                        + (comma ? ", with decimal commas in the numbers" : "") + ": write data.separator: "
                        + written(candidate) + (comma ? " and data.decimal: \",\"" : "");
            }
        }
        return "";
    }

    private static boolean decimalCommas(List<String> lines, char separator) {
        String between = Pattern.quote(String.valueOf(separator));
        Pattern number = Pattern.compile("(?:^|" + between + ")\"?[-+]?[0-9]*,[0-9]+\"?(?:" + between + "|$)");
        return lines.stream().anyMatch(line -> number.matcher(line).find());
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    private static String name(char separator) {
        return switch (separator) {
            case '\t' -> "tabs";
            case ' ' -> "blanks";
            default -> "'" + separator + "'";
        };
    }

    private static String written(char separator) {
        return separator == '\t' ? "\"\\t\"" : "\"" + separator + "\"";
    }
}
