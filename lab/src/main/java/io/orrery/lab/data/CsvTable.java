package io.orrery.lab.data;

import io.orrery.lab.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of numbers with one label column, as read from a file of separated values.
 *
 * @param path the file, for messages
 * @param features names of the feature columns
 * @param values row after row, the label left out
 * @param labels as written, one per row
 */
record CsvTable(Path path, List<String> features, double[] values, List<String> labels) {
    /** A row and the line it was on, from 1. */
    private record Row(int line, List<String> cells) {}

    /**
     * Reads a table. Cells may be in double quotes, within which a separator is text and two quotes are one. Empty lines are
     * skipped.
     *
     * @param label the name or number (from 0; from the end if negative) of the label column
     * @throws UserError with file and line if the table is ragged, a cell is no finite number, or a label is empty
     */
    static CsvTable read(DataFile file, char separator, Csv.Header header, String label) throws IOException {
        List<Row> rows = rows(file, separator);
        if (rows.isEmpty()) {
            throw new UserError(file.path() + ": empty; expected rows of numbers with a label");
        }
        List<String> first = rows.getFirst().cells();
        for (Row row : rows) {
            if (row.cells().size() != first.size()) {
                throw new UserError(file.path() + ":" + row.line() + ": expected " + first.size()
                        + " columns as in the first line, found " + row.cells().size());
            }
        }
        if (first.size() < 2) {
            throw new UserError(file.path() + ": only one column; expected features and a label separated by '"
                    + separator + "'; another separator is set with data.separator");
        }
        int labelAt = labelColumn(file.path(), first, header, label);
        boolean named = switch (header) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTO ->
                first.contains(label)
                        || IntStream.range(0, first.size())
                                .anyMatch(i -> i != labelAt
                                        && ClassNames.number(first.get(i)).isEmpty());
        };
        List<String> names = named
                ? first
                : IntStream.range(0, first.size()).mapToObj(i -> "column " + i).toList();
        List<Row> data = named ? rows.subList(1, rows.size()) : rows;
        if (data.isEmpty()) {
            throw new UserError(file.path() + ": no rows after the header");
        }
        return table(file.path(), names, data, labelAt);
    }

    private static CsvTable table(Path path, List<String> names, List<Row> rows, int labelAt) {
        int features = names.size() - 1;
        double[] values = new double[Generated.elements(rows.size(), features)];
        List<String> labels = new ArrayList<>(rows.size());
        int next = 0;
        for (Row row : rows) {
            for (int column = 0; column < names.size(); column++) {
                String cell = row.cells().get(column);
                String where = path + ":" + row.line() + ": " + names.get(column) + ": ";
                if (column != labelAt) {
                    values[next++] = number(where, cell);
                } else if (cell.isEmpty()) {
                    throw new UserError(where + "expected a label, found an empty cell");
                } else {
                    labels.add(cell);
                }
            }
        }
        List<String> kept = new ArrayList<>(names);
        kept.remove(labelAt);
        return new CsvTable(path, List.copyOf(kept), values, List.copyOf(labels));
    }

    private static double number(String where, String cell) {
        double value = ClassNames.number(cell)
                .orElseThrow(() -> new UserError(where + "expected a number, found \"" + cell + "\""));
        if (!Double.isFinite(value)) {
            throw new UserError(where + "expected a finite number, found " + cell);
        }
        return value;
    }

    private static int labelColumn(Path path, List<String> first, Csv.Header header, String label) {
        int named = header == Csv.Header.ABSENT ? -1 : first.indexOf(label);
        if (named >= 0) {
            return named;
        }
        try {
            int number = Integer.parseInt(label);
            int column = number < 0 ? number + first.size() : number;
            if (column >= 0 && column < first.size()) {
                return column;
            }
            throw new UserError(path + ": data.label is column " + number + ", but the columns are 0 to "
                    + (first.size() - 1) + " (or -1 for the last)");
        } catch (NumberFormatException name) {
            throw new UserError(path + ":1: no column named \"" + label + "\" (data.label); found " + first, name);
        }
    }

    private static List<Row> rows(DataFile file, char separator) throws IOException {
        // A decoder that reports: the constructor that takes a Charset would replace damaged text silently. Left open:
        // the file drains and closes its content itself.
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(file.content(), StandardCharsets.UTF_8.newDecoder()));
        try {
            List<Row> rows = new ArrayList<>();
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (!text.isBlank()) {
                    rows.add(new Row(number, cells(file.path(), number, text, separator)));
                }
            }
            return rows;
        } catch (CharacterCodingException damaged) {
            throw new UserError(file.path() + ": not a text file in UTF-8", damaged);
        }
    }

    private static List<String> cells(Path path, int line, String text, char separator) {
        if (text.indexOf('"') < 0) {
            // Most tables have no quotes; -1 keeps empty cells at the end.
            return Arrays.stream(text.split(Pattern.quote(String.valueOf(separator)), -1))
                    .map(String::strip)
                    .toList();
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new UserError(path + ":" + line + ": a double quote is not closed on its line");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
