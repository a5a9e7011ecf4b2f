package io.orrery.lab.data;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A table of numbers with a label column, in double precision. Classes are the distinct labels, in order. */
@Kind("csv")
@About("a table of numbers with a label column, separated by commas or another character, plain or gzip")
public record Csv(
        @About("the table") @Place Optional<String> file,

        @About("a second table, with the same columns, as test set") @Place
        Optional<String> testFile,

        @About("the label column: its name, or its number from 0 (-1 is the last)")
        String label,

        @About("whether the first line names the columns: auto, present or absent")
        Header header,

        @About("the character between columns; tab is written \"\\t\"")
        String separator,

        @About("fraction of the rows cut off as test set, each class in proportion, if there is no testFile")
        double testFraction)
        implements DataSource {
    /** Whether the first line names the columns. */
    public enum Header {
        /** It does if the label's name is in it or a feature in it is no number. */
        AUTO,
        PRESENT,
        ABSENT
    }

    /** Commas, the label in the last column, a fifth of the rows for testing. */
    public static Csv defaults() {
        return new Csv(Optional.empty(), Optional.empty(), "-1", Header.AUTO, ",", 0.2);
    }

    @Override
    public Dataset load(long seed) {
        Path path = file.map(Path::of)
                .orElseThrow(() -> new UserError("source csv needs data.file; give it with --set data.file=FILE"));
        if (separator.length() != 1) {
            throw new UserError("data.separator must be one character, found \"" + separator + "\"");
        }
        TestSplit.check(testFraction);
        FilesRead files = new FilesRead();
        CsvTable table = table(path, files, "data.file");
        Optional<CsvTable> more = testFile.map(name -> table(Path.of(name), files, "data.testFile"));
        more.ifPresent(test -> checkSameColumns(table, test));
        List<String> names = ClassNames.ordered(
                Stream.concat(table.labels().stream(), more.stream().flatMap(test -> test.labels().stream())));
        Map<String, Integer> classes = ClassNames.numbered(names);
        TestSplit splits = more.map(test -> new TestSplit(split(table, classes), Optional.of(split(test, classes))))
                .orElseGet(() -> TestSplit.cut(split(table, classes), testFraction, names.size(), seed));
        return new Dataset(
                "csv: " + path,
                Shape.of(table.features().size()),
                Dataset.Labels.CLASS,
                names.size(),
                names,
                splits.train(),
                Optional.empty(),
                splits.test(),
                files.files(),
                files.ledger());
    }

    @Override
    public boolean generated() {
        return false;
    }

    @Override
    public boolean seeded() {
        return testFile.isEmpty();
    }

    private CsvTable table(Path path, FilesRead files, String key) {
        CsvTable table = DataFile.read(path, text -> CsvTable.read(text, separator.charAt(0), header, label))
                .addTo(files, key);
        files.add(Ledger.Entry.all(path.toString(), "rows", table.labels().size()));
        return table;
    }

    private static Split split(CsvTable table, Map<String, Integer> classes) {
        int[] labels = table.labels().stream()
                .mapToInt(label -> classes.getOrDefault(label, 0))
                .toArray();
        return new Split(SharedArray.of(Shape.of(labels.length, table.features().size()), table.values()), labels);
    }

    private static void checkSameColumns(CsvTable table, CsvTable test) {
        if (!table.features().equals(test.features())) {
            throw new UserError(test.path() + ": its feature columns " + test.features() + " differ from those of "
                    + table.path() + ": " + table.features());
        }
    }
}
