package io.orrery.lab.data.table;

import io.orrery.lab.data.file.Decimal;
import io.orrery.lab.spec.Word;

/**
 * How a table is written, as a spec says it.
 *
 * @param decimal what stands between whole and fraction
 * @param label the label column's name, or its place from 0 (from the end if negative)
 */
public record CsvFormat(char separator, char decimal, Header header, Word label, Missing missing) {
    /** Whether the first line names the columns. */
    public enum Header {
        /** Decided by {@link CsvHeader}. */
        AUTO,
        PRESENT,
        ABSENT
    }

    /** What becomes of rows in which a value is missing. */
    public enum Missing {
        REFUSE,
        LEAVE_OUT,
        /** The word that says so, such as NA, is a class. */
        CLASS
    }

    /** The number that the current cell is, NaN if it is none. */
    double number(CsvCells cells) {
        return Decimal.parse(cells.characters(), cells.start(), cells.end(), decimal);
    }

    /** The number that a cell is, NaN if it is none. */
    double number(String cell) {
        return Decimal.parse(cell.toCharArray(), 0, cell.length(), decimal);
    }

    /** Whether a text is a number as this table writes it. */
    boolean isNumber(String cell) {
        return !Double.isNaN(number(cell));
    }
}
