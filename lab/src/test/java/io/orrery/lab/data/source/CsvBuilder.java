package io.orrery.lab.data.source;

import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.Csv.Target;
import io.orrery.lab.data.table.CsvFormat.Header;
import io.orrery.lab.data.table.CsvFormat.Missing;
import io.orrery.lab.spec.Word;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Tables for tests: the defaults, but nothing is cut off for testing. */
public final class CsvBuilder {
    private final Path file;
    private Optional<String> testFile = Optional.empty();
    private Word label = Word.number(-1);
    private Target target = Target.CLASSES;
    private Header header = Header.AUTO;
    private String separator = ",";
    private String decimal = ".";
    private Missing missing = Missing.REFUSE;
    private OptionalInt mostClasses = OptionalInt.empty();
    private double testFraction;

    private CsvBuilder(Path file) {
        this.file = file;
    }

    public static CsvBuilder of(Path file) {
        return new CsvBuilder(file);
    }

    public CsvBuilder testFile(Path value) {
        testFile = Optional.of(value.toString());
        return this;
    }

    public CsvBuilder label(String name) {
        label = Word.name(name);
        return this;
    }

    public CsvBuilder label(int place) {
        label = Word.number(place);
        return this;
    }

    CsvBuilder target(Target value) {
        target = value;
        return this;
    }

    public CsvBuilder header(Header value) {
        header = value;
        return this;
    }

    CsvBuilder separator(String value) {
        separator = value;
        return this;
    }

    CsvBuilder decimal(String value) {
        decimal = value;
        return this;
    }

    public CsvBuilder missing(Missing value) {
        missing = value;
        return this;
    }

    public CsvBuilder mostClasses(int value) {
        mostClasses = OptionalInt.of(value);
        return this;
    }

    CsvBuilder testFraction(double value) {
        testFraction = value;
        return this;
    }

    public Csv build() {
        return new Csv(
                Optional.of(file.toString()),
                testFile,
                label,
                target,
                header,
                separator,
                decimal,
                missing,
                mostClasses,
                testFraction);
    }

    public Dataset load() {
        return build().load(1);
    }
}
