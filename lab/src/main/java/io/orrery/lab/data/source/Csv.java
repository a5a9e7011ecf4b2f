package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Selection;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.data.set.TestSplit;
import io.orrery.lab.data.table.CsvFormat;
import io.orrery.lab.data.table.CsvScan;
import io.orrery.lab.data.table.CsvTargets;
import io.orrery.lab.data.table.CsvValues;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Later;
import io.orrery.lab.spec.Place;
import io.orrery.lab.spec.Word;
import io.orrery.lab.text.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A table of numbers with a label column, in double precision. Classes are the distinct labels, in order; or labels are real numbers. A table is read
 * twice, so that no more is in memory than its numbers.
 */
@Kind("csv")
@About("a table of numbers with a label column, separated by commas or another character, plain or gzip")
public record Csv(
        @About("the table") @Place Optional<String> file,

        @About("a second table, with the same columns, as test set") @Place
        Optional<String> testFile,

        @About(
                "the label column: its place from 0 (-1 is the last), or its name; a name that is a number is written in quotes")
        Word label,

        @About("classes: the distinct labels; or reals: each label is a real number, for regression") @Later
        Target target,

        @About(
                "whether the first line names the columns: present, absent, or auto, which decides on all columns and the lines below and says how")
        CsvFormat.Header header,

        @About("the character between columns; tab is written \"\\t\"")
        String separator,

        @About("the character between whole and fraction: . or a comma")
        String decimal,

        @About(
                "rows in which a label or number is missing (empty, NA, NaN, null, None, ? and the like): refuse, leave-out, or class (the word is a label as any other)")
        CsvFormat.Missing missing,

        @About(
                "most classes that the labels may be; default: refuse labels that look like measurements or names of rows")
        OptionalInt mostClasses,

        @About("fraction of the rows cut off as test set, each class in proportion, if there is no testFile")
        double testFraction)
        implements DataSource {
    private static final String TAB = "\\t";

    /** What labels are. */
    public enum Target {
        CLASSES,
        REALS
    }

    /** Commas, the label in the last column, a fifth of the rows for testing. */
    public static Csv defaults() {
        return new Csv(
                Optional.empty(),
                Optional.empty(),
                Word.number(-1),
                Target.CLASSES,
                CsvFormat.Header.AUTO,
                ",",
                ".",
                CsvFormat.Missing.REFUSE,
                OptionalInt.empty(),
                0.2);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Path path = file.map(Path::of)
                .orElseThrow(() -> new UserError("source csv needs data.file; give it with --set data.file=FILE"));
        CsvFormat format = format();
        TestSplit.check(testFraction);
        DataFile.Read<CsvScan> train = DataFile.read(path, files, text -> CsvScan.of(text, format, Optional.empty()));
        Optional<DataFile.Read<CsvScan>> test = testFile.map(name -> DataFile.read(
                Path.of(name),
                files,
                text -> CsvScan.of(text, format, train.value().namesRow())));
        List<CsvScan> tables = new ArrayList<>(List.of(train.value()));
        test.ifPresent(more -> {
            checkSameColumns(train.value(), more.value());
            tables.add(more.value());
        });
        CsvTargets targets = switch (target) {
            case CLASSES -> CsvTargets.classes(tables, mostClasses);
            case REALS -> CsvTargets.reals(tables);
        };
        Targets all = targets.targets().getFirst();
        boolean[] forTest =
                test.isPresent() ? new boolean[train.value().labels().rows()] : targets.forTest(testFraction, seed);
        CsvValues values = values(train, forTest, files, "data.file", targets.remarks());
        int[] kept = Selection.places(forTest, false);
        int[] cut = Selection.places(forTest, true);
        Optional<Split> testing = test.isEmpty()
                ? split(values.cut(), cut.length, () -> all.at(cut))
                : test.flatMap(more -> {
                    int rows = more.value().labels().rows();
                    CsvValues numbers = values(more, new boolean[rows], files, "data.testFile", List.of());
                    return split(numbers.kept(), rows, targets.targets()::getLast);
                });
        return new Dataset(
                "csv: " + path,
                Shape.of(train.value().features().size()),
                targets.kind(),
                split(values.kept(), kept.length, () -> all.at(kept)).orElseThrow(),
                Optional.empty(),
                testing,
                files.files(),
                files.ledger(),
                train.value().features());
    }

    @Override
    public boolean generated() {
        return false;
    }

    @Override
    public boolean numberedClasses() {
        return false;
    }

    @Override
    public boolean seeded() {
        return testFile.isEmpty();
    }

    private CsvFormat format() {
        char between = separator.equals(TAB) ? '\t' : one("data.separator", separator, "tab is written \"\\t\"");
        char point = one("data.decimal", decimal, ". or a comma");
        if (point != '.' && point != ',') {
            throw new UserError("data.decimal must be . or a comma, found \"" + Shown.text(decimal) + "\"");
        }
        if (between == point) {
            throw new UserError("data.separator and data.decimal are both \"" + between
                    + "\"; tables with decimal commas have another separator, mostly \";\"");
        }
        if ("\"\n\r-+".indexOf(between) >= 0 || Character.isLetterOrDigit(between)) {
            throw new UserError("data.separator cannot be \"" + Shown.text(separator)
                    + "\", which is a part of cells; expected a character such as , ; or \"\\t\"");
        }
        if (label.number() && label.whole().isEmpty()) {
            throw new UserError("data.label must be a place (a whole number, -1 is the last column) or a name, found "
                    + label + "; a name that is a number is written in quotes");
        }
        if (target == Target.REALS && mostClasses.isPresent()) {
            throw new UserError("data.mostClasses is about classes; with data.target: reals leave it out");
        }
        if (target == Target.REALS && missing == CsvFormat.Missing.CLASS) {
            throw new UserError(
                    "data.missing: class takes a missing label for a class; with data.target: reals take refuse"
                            + " or leave-out");
        }
        if (mostClasses.isPresent() && mostClasses.getAsInt() < 2) {
            throw new UserError("data.mostClasses must be at least 2, found " + mostClasses.getAsInt());
        }
        return new CsvFormat(between, point, header, label, missing);
    }

    private static char one(String key, String text, String hint) {
        if (text.length() != 1) {
            throw new UserError(key + " must be one character (" + hint + "), found \"" + Shown.text(text) + "\"");
        }
        return text.charAt(0);
    }

    private static CsvValues values(
            DataFile.Read<CsvScan> scanned, boolean[] forTest, FilesRead files, String key, List<String> remarks) {
        Path path = scanned.value().path();
        DataFile.Read<CsvValues> read =
                DataFile.read(path, files, text -> CsvValues.read(text, scanned.value(), forTest));
        if (!read.sha256().equals(scanned.sha256())) {
            throw new UserError(path + ": changed while it was read; start again when it is whole");
        }
        files.add(scanned.value().entry(remarks));
        return read.addTo(files, key);
    }

    private static Optional<Split> split(double[] values, int rows, Supplier<Targets> targets) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Split(SharedArray.of(Shape.of(rows, values.length / rows), values), targets.get()));
    }

    private static void checkSameColumns(CsvScan table, CsvScan test) {
        if (!table.names().equals(test.names()) || table.labelAt() != test.labelAt()) {
            throw new UserError(test.path() + ": its columns " + shown(test) + " differ from those of " + table.path()
                    + ": " + shown(table));
        }
    }

    private static String shown(CsvScan table) {
        return Shown.text(String.join(", ", table.names()));
    }
}
