package io.orrery.lab.data.table;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the first row of a table names its columns, and why: decided on all columns and on the rows below, never on the
 * first row alone.
 *
 * @param named whether it does
 * @param why a sentence for people
 */
record CsvHeader(boolean named, String why) {
    private static final String IF_NOT = "; if not, write data.header: ";

    /**
     * Decides for a table whose spec leaves it open.
     *
     * @param first the cells of the first row
     * @param numeric for each column whether all cells looked at below the first row are numbers, missing ones apart
     * @param labelAt the label column
     * @param below what the label column holds below the first row
     * @param known the first row of the training table, if it names columns and this is another
     * @throws UserError if the first row is partly numbers and partly something like numbers
     */
    static CsvHeader decide(
            Path path,
            CsvFormat format,
            List<String> first,
            boolean[] numeric,
            int labelAt,
            CsvLabels below,
            Optional<List<String>> known) {
        if (!format.label().number()) {
            return new CsvHeader(true, "the first line names the columns: data.label is one of its cells");
        }
        if (known.isPresent() && known.get().equals(first)) {
            return new CsvHeader(true, "the first line names the columns, as in the other table");
        }
        List<Integer> columns = IntStream.range(0, first.size())
                .filter(column -> column != labelAt && numeric[column])
                .boxed()
                .toList();
        List<String> words = columns.stream()
                .map(first::get)
                .filter(cell -> !format.isNumber(cell) && !Missing.is(cell))
                .toList();
        if (below.rows() == 0) {
            boolean numbers = IntStream.range(0, first.size())
                    .allMatch(column -> column == labelAt || format.isNumber(first.get(column)));
            return new CsvHeader(!numbers, "");
        }
        if (!words.isEmpty()) {
            return byWords(path, format, first, columns, words);
        }
        return columns.isEmpty()
                ? new CsvHeader(true, "no column holds numbers, so the first line was taken for the names")
                : byLabel(first, labelAt, format, below);
    }

    /** Some cells of the first row are no numbers where all below are. */
    private static CsvHeader byWords(
            Path path, CsvFormat format, List<String> first, List<Integer> columns, List<String> words) {
        boolean numbers = columns.stream().anyMatch(column -> format.isNumber(first.get(column)));
        Optional<String> unlike = words.stream()
                .filter(word -> !Character.isLetter(word.codePointAt(0)) && word.codePointAt(0) != '_')
                .findFirst();
        if (numbers && unlike.isPresent()) {
            throw new UserError(path + ":1: \"" + Shown.text(unlike.get())
                    + "\" is no number, though all below are, and other cells of this line are numbers: mend it if the"
                    + " line is a row, or write data.header: present if it names the columns");
        }
        return new CsvHeader(
                true,
                "the first line names the columns: \"" + Shown.text(words.getFirst())
                        + "\" is no number, where all below are" + IF_NOT + "absent");
    }

    /** All number columns begin with a number: the label's own cell decides. */
    private static CsvHeader byLabel(List<String> first, int labelAt, CsvFormat format, CsvLabels below) {
        String label = first.get(labelAt);
        boolean word = !format.isNumber(label) && !Missing.is(label);
        if (word && below.texts().stream().allMatch(format::isNumber)) {
            return new CsvHeader(
                    true,
                    "the first line names the columns: its label \"" + Shown.text(label)
                            + "\" is no number, as all below are" + IF_NOT + "absent");
        }
        boolean alone = !below.texts().contains(label) && below.everyTwice();
        if (word && alone) {
            return new CsvHeader(
                    true,
                    "the first line names the columns: its label \"" + Shown.text(label)
                            + "\" is the only one of its kind" + IF_NOT + "absent");
        }
        boolean counting = IntStream.range(0, first.size())
                .allMatch(column -> first.get(column).equals(Integer.toString(column)));
        if (alone && counting) {
            return new CsvHeader(
                    true,
                    "the first line names the columns: it counts them from 0, and its label is the only one of its kind"
                            + IF_NOT + "absent");
        }
        return new CsvHeader(false, "no line names the columns: the first is like those below" + IF_NOT + "present");
    }
}
