package io.orrery.lab.data.table;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.text.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The first reading of a table: how many rows and columns it has, whether the first row names them, which column is the
 * label, and the labels. Numbers are read by {@link CsvValues} afterwards, when it is known how many there are.
 */
public final class CsvScan {
    /** Rows below the first that are looked at to tell columns of numbers from others. */
    private static final int SAMPLE = 200;

    private static final int HINT_LINES = 5;
    private static final int HINT_LENGTH = 2000;
    private static final int MOST_SHOWN = 20;

    private final Path path;
    private final CsvFormat format;
    private final List<String> first = new ArrayList<>();
    private int firstLine = 1;
    private final CsvLabels labels = new CsvLabels();
    /** Rows, counted from the first of the file, that are left out for a missing value. */
    private final BitSet without = new BitSet();

    private final List<String> beginning = new ArrayList<>();
    private boolean[] words = new boolean[0];
    private boolean[] numbers = new boolean[0];
    private int labelAt;
    private CsvHeader header = new CsvHeader(false, "");
    private long blank;
    /** Rows of the file, the first included even if it names columns. */
    private int rows;

    private CsvScan(Path path, CsvFormat format) {
        this.path = path;
        this.format = format;
    }

    /**
     * Reads a table from front to back.
     *
     * @param known the first row of the training table, if it names columns and this is another
     * @throws UserError with file and line if the table is ragged, has no such label column, or a label is missing
     */
    public static CsvScan of(DataFile file, CsvFormat format, Optional<List<String>> known) throws IOException {
        CsvScan scan = new CsvScan(file.path(), format);
        scan.read(new CsvCells(file.path(), file.content(), format.separator()));
        scan.decide(known);
        scan.requireLabels();
        return scan;
    }

    /** The table's file. */
    public Path path() {
        return path;
    }

    CsvFormat format() {
        return format;
    }

    /** The first row, if it names the columns. */
    public Optional<List<String>> namesRow() {
        return header.named() ? Optional.of(List.copyOf(first)) : Optional.empty();
    }

    /** The names of all columns. */
    public List<String> names() {
        return header.named()
                ? first
                : IntStream.range(0, first.size()).mapToObj(i -> "column " + i).toList();
    }

    /** The names of the columns without the label's. */
    public List<String> features() {
        List<String> kept = new ArrayList<>(names());
        kept.remove(labelAt);
        return List.copyOf(kept);
    }

    /** The place of the label column, from 0. */
    public int labelAt() {
        return labelAt;
    }

    /** The labels of the rows that are used. */
    public CsvLabels labels() {
        return labels;
    }

    /** Whether a row of the file, counted from 0, is an example. */
    boolean used(int row) {
        return !(row == 0 && header.named()) && !without.get(row);
    }

    int rows() {
        return rows;
    }

    /** What became of the rows and blank lines. */
    public Ledger.Entry entry(List<String> remarks) {
        List<Ledger.Reason> reasons = new ArrayList<>();
        if (blank > 0) {
            reasons.add(new Ledger.Reason(blank, "nothing on the line"));
        }
        if (!without.isEmpty()) {
            reasons.add(
                    new Ledger.Reason(without.cardinality(), "a missing label or number (data.missing: leave-out)"));
        }
        List<String> said = new ArrayList<>();
        if (!header.why().isEmpty()) {
            said.add(header.why());
        }
        said.add("label: column " + labelAt + (header.named() ? " (" + Shown.text(first.get(labelAt)) + ")" : ""));
        said.addAll(remarks);
        long found = labels.rows() + blank + without.cardinality();
        return new Ledger.Entry(path.toString(), "rows", found, labels.rows(), List.of(), reasons, said);
    }

    private void read(CsvCells cells) throws IOException {
        StringBuilder line = new StringBuilder();
        int column = 0;
        while (cells.next()) {
            if (cells.first()) {
                column = 0;
                line.setLength(0);
            }
            cell(cells, column, line);
            column++;
            if (cells.last()) {
                endRow(cells, column, line);
            }
        }
        blank = cells.blank();
        if (rows == 0) {
            throw new UserError(path + ": empty; expected rows of numbers with a label");
        }
    }

    private void cell(CsvCells cells, int column, StringBuilder line) {
        if (beginning.size() < HINT_LINES && line.length() < HINT_LENGTH) {
            line.append(column > 0 ? String.valueOf(format.separator()) : "").append(cells.text());
        }
        if (rows == 0) {
            first.add(cells.text());
            firstLine = cells.line();
            return;
        }
        boolean isLabel = column == labelAt;
        boolean leaving = format.missing() == CsvFormat.Missing.LEAVE_OUT;
        if (!isLabel && column < words.length && (leaving || rows <= SAMPLE)) {
            boolean number = !Double.isNaN(format.number(cells));
            boolean missing = !number && Missing.is(cells.text());
            if (rows <= SAMPLE) {
                numbers[column] |= number;
                words[column] |= !number && !missing;
            }
            if (leaving && missing) {
                without.set(rows);
            }
        }
        if (isLabel) {
            String text = cells.text();
            labels.add(text, cells.line());
            if (leaving && Missing.is(text)) {
                without.set(rows);
            }
        }
    }

    private void endRow(CsvCells cells, int columns, StringBuilder line) {
        if (beginning.size() < HINT_LINES) {
            beginning.add(line.toString());
        }
        if (rows == 0) {
            numbers = new boolean[columns];
            words = new boolean[columns];
            labelAt = columns == 1 ? 0 : labelColumn();
        } else if (columns != first.size()) {
            throw new UserError(path + ":" + cells.line() + ": expected " + first.size()
                    + " columns as in the first line, found " + columns + CsvHints.of(beginning, format));
        }
        if (rows > 0 && without.get(rows)) {
            labels.dropLast();
        }
        rows++;
        if (rows == HINT_LINES || rows == 1) {
            requireColumns(rows == HINT_LINES);
        }
    }

    private void requireColumns(boolean enough) {
        if (first.size() < 2 && enough) {
            throw new UserError(path + ": only one column; expected features and a label separated by '"
                    + Shown.text(String.valueOf(format.separator())) + "'" + hint());
        }
    }

    private String hint() {
        String found = CsvHints.of(beginning, format);
        return found.isEmpty() ? "; another separator is set with data.separator" : found;
    }

    private int labelColumn() {
        if (format.label().number()) {
            int columns = first.size();
            OptionalInt place = format.label().whole();
            int column = place.orElse(columns) < 0 ? place.orElse(columns) + columns : place.orElse(columns);
            if (column < 0 || column >= columns) {
                throw new UserError(path + ": data.label is column " + format.label() + ", but the columns are 0 to "
                        + (columns - 1) + " (or -1 for the last); a name that is a number is written in quotes");
            }
            return column;
        }
        String name = format.label().text();
        int found = first.indexOf(name);
        if (found < 0) {
            throw new UserError(path + ":" + firstLine + ": no column named \"" + Shown.text(name)
                    + "\" (data.label); found " + shown(first)
                    + "; a column without a name is given by its place, as data.label: -1");
        }
        if (first.lastIndexOf(name) != found) {
            throw new UserError(path + ":" + firstLine + ": two columns are named \"" + Shown.text(name)
                    + "\" (data.label): " + found + " and " + first.lastIndexOf(name) + "; give the place of one");
        }
        return found;
    }

    private static String shown(List<String> cells) {
        List<String> some = cells.stream().limit(MOST_SHOWN).map(Shown::text).toList();
        return cells.size() <= MOST_SHOWN ? some.toString() : some + " and " + (cells.size() - MOST_SHOWN) + " more";
    }

    private void decide(Optional<List<String>> known) {
        requireColumns(true);
        boolean[] numeric = new boolean[first.size()];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = numbers[column] && !words[column];
        }
        header = switch (format.header()) {
            case PRESENT -> new CsvHeader(true, "the first line names the columns, as data.header says");
            case ABSENT -> new CsvHeader(false, "no line names the columns, as data.header says");
            case AUTO -> CsvHeader.decide(path, format, first, numeric, labelAt, labels, known);
        };
        if (!header.named()) {
            if (!format.label().number()) {
                throw new UserError(path + ": data.label is the name \""
                        + Shown.text(format.label().text())
                        + "\", but data.header: absent says that no line names the columns; give the column's place");
            }
            firstRow();
        }
        if (rows == 1 && header.named()) {
            throw new UserError(path + ": no rows after the header");
        }
        if (labels.rows() == 0) {
            throw new UserError(path + ": in every row a label or number is missing");
        }
    }

    /** The first row is an example like all others. */
    private void firstRow() {
        boolean leave = format.missing() == CsvFormat.Missing.LEAVE_OUT
                && first.stream().anyMatch(Missing::is);
        if (leave) {
            without.set(0);
        } else {
            labels.addFirst(first.get(labelAt), firstLine);
        }
    }

    private void requireLabels() {
        for (String text : labels.texts()) {
            boolean missing = format.missing() == CsvFormat.Missing.CLASS ? text.isEmpty() : Missing.is(text);
            if (missing) {
                throw new UserError(path + ":" + labels.line(text) + ": " + Shown.text(names().get(labelAt))
                        + ": expected a label, found "
                        + (text.isEmpty() ? "an empty cell" : "\"" + text + "\", which says that it is missing")
                        + " (" + labels.times(text) + " of " + labels.rows()
                        + " rows); data.missing: leave-out leaves such rows out"
                        + (text.isEmpty() ? "" : ", data.missing: class takes it for a class's name"));
            }
        }
    }
}
