package io.orrery.lab.data.table;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.Memory;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.text.Shown;
import java.io.IOException;

/**
 * The second reading of a table: its numbers, straight into arrays of the right size.
 *
 * @param kept row after row, the label left out
 * @param cut the same of the rows that are cut off for testing
 */
public record CsvValues(double[] kept, double[] cut) {
    /**
     * Reads the numbers of a table.
     *
     * @param forTest which of the used rows are cut off
     * @throws UserError with file and line if a cell is no finite number
     */
    public static CsvValues read(DataFile file, CsvScan scan, boolean[] forTest) throws IOException {
        int features = scan.names().size() - 1;
        int cut = 0;
        for (boolean test : forTest) {
            cut += test ? 1 : 0;
        }
        Memory.require(file.path(), forTest.length, features, Double.BYTES);
        CsvValues values = new CsvValues(
                new double[Generated.elements(forTest.length - cut, features)],
                new double[Generated.elements(cut, features)]);
        CsvCells cells = new CsvCells(file.path(), file.content(), scan.format().separator());
        values.fill(cells, scan, forTest);
        return values;
    }

    private void fill(CsvCells cells, CsvScan scan, boolean[] forTest) throws IOException {
        int features = scan.names().size() - 1;
        int row = -1;
        int example = -1;
        int column = 0;
        int[] next = {0, 0};
        double[][] into = {kept, cut};
        int which = 0;
        boolean used = false;
        while (cells.next()) {
            if (cells.first()) {
                row++;
                column = 0;
                used = scan.used(row);
                example += used ? 1 : 0;
                which = used && example < forTest.length && forTest[example] ? 1 : 0;
            } else {
                column++;
            }
            boolean inside = row < scan.rows() && column <= features && example < forTest.length;
            if (!inside || cells.last() && column != features) {
                throw changed(scan);
            }
            if (used && column != scan.labelAt()) {
                into[which][next[which]++] = number(cells, scan, column);
            }
        }
        if (row + 1 != scan.rows()) {
            throw changed(scan);
        }
    }

    private static double number(CsvCells cells, CsvScan scan, int column) {
        double value = scan.format().number(cells);
        if (Double.isFinite(value)) {
            return value;
        }
        String cell = cells.text();
        String where = scan.path() + ":" + cells.line() + ": "
                + Shown.text(scan.names().get(column)) + ": ";
        if (Missing.is(cell)) {
            throw new UserError(where + "expected a number, found "
                    + (cell.isEmpty() ? "an empty cell" : "\"" + cell + "\", which says that it is missing")
                    + "; data.missing: leave-out leaves such rows out");
        }
        if (Double.isInfinite(value)) {
            throw new UserError(
                    where + "expected a finite number, found " + Shown.text(cell) + ", beyond the largest double");
        }
        throw new UserError(where + "expected a number, found \"" + Shown.text(cell) + "\"" + hint(cell, scan));
    }

    private static String hint(String cell, CsvScan scan) {
        if (scan.format().decimal() == '.' && cell.matches("[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?")) {
            return "; decimal commas are read with data.decimal: \",\"";
        }
        if (cell.chars().anyMatch(c -> c > 127 && Character.isDigit(c))) {
            return "; digits are 0 to 9";
        }
        return cell.matches("(?i)[-+]?(inf|infinity)") ? "; examples must be finite numbers" : "";
    }

    private static UserError changed(CsvScan scan) {
        return new UserError(scan.path() + ": changed while it was read; start again when it is whole");
    }
}
