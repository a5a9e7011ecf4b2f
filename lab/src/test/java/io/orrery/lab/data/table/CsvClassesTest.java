package io.orrery.lab.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpecBuilder;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.Csv;
import io.orrery.lab.data.source.CsvBuilder;
import io.orrery.lab.data.table.CsvFormat.Missing;
import io.orrery.lab.spec.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvClassesTest {
    @TempDir
    Path folder;

    @Test
    void equalNumbersAreOneClassHoweverTheyAreWritten() throws IOException {
        Dataset data = labels("1", "1.0", "+1", "1e0", "-1", "-1.00", "0.5", ".50", "100", "1E2")
                .load();
        assertThat(data.classNames()).containsExactly("-1", "0.5", "1", "100");
        assertThat(data.train().labels()).containsExactly(2, 2, 2, 2, 0, 0, 1, 1, 3, 3);
        assertThat(data.ledger().lines()).contains("  one class in several spellings: 1, 1.0, +1, 1e0");
    }

    @Test
    void zerosInFrontMakeAName() throws IOException {
        assertThat(labels("007", "010", "007").load().classNames()).containsExactly("007", "010");
        assertThatThrownBy(() -> labels("01", "1", "2").load())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the labels \"01\" and \"1\" are the same number");
    }

    @Test
    void composedAndDecomposedLettersAreOneClass() throws IOException {
        assertThat(labels("caf\u00e9", "cafe\u0301", "tea").load().classNames()).containsExactly("caf\u00e9", "tea");
    }

    @Test
    void capitalLettersTellClassesApartButAreRemarkedOn() throws IOException {
        Dataset data = labels("cat", "Cat", "dog").load();
        assertThat(data.classNames()).containsExactly("Cat", "cat", "dog");
        assertThat(data.ledger().lines()).contains("  different classes that differ in capital letters only: Cat, cat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "NaN", "nan", "NA", "N/A", "n/a", "<NA>", "#N/A", "null", "NULL", "None", "none", "?", "NaT"
            })
    void missingLabelsAreRefusedInAllSpellings(String missing) throws IOException {
        assertThatThrownBy(() -> labels("0", "1", "0", missing, "1", missing).load())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("t.csv:5: y: expected a label, found")
                .hasMessageContaining("(2 of 6 rows); data.missing: leave-out leaves such rows out");
        assertThat(labels("0", "1", "0", missing, "1", missing)
                        .missing(Missing.LEAVE_OUT)
                        .load()
                        .train()
                        .labels())
                .containsExactly(0, 1, 0, 1);
    }

    @Test
    void aWordForMissingIsAClassIfTheSpecSaysSo() throws IOException {
        assertThat(labels("none", "mild", "none").missing(Missing.CLASS).load().classNames())
                .containsExactly("mild", "none");
        assertThatThrownBy(
                        () -> labels("none", "mild", "").missing(Missing.CLASS).load())
                .hasMessageContaining("expected a label, found an empty cell");
    }

    @Test
    void measurementsAndNamesOfRowsAreNoClasses() throws IOException {
        String[] measured =
                IntStream.range(0, 40).mapToObj(i -> (i % 12) + ".5").toArray(String[]::new);
        assertThatThrownBy(() -> labels(measured).load())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("y: 12 different labels in 40 rows, from 0.5 to 11.5: measurements, not classes");
        assertThat(labels(measured).mostClasses(12).load().classNames()).hasSize(12);
        String[] named =
                IntStream.range(0, 40).mapToObj(i -> "row" + i / 2 * 2 + i % 3).toArray(String[]::new);
        assertThatThrownBy(() -> labels(named).load()).hasMessageContaining("these are no classes");
        assertThatThrownBy(() -> labels("a", "b", "c").mostClasses(2).load())
                .hasMessageContaining("3 different labels, more than data.mostClasses: 2");
    }

    @Test
    void classesOfASpecAreLabelsNotPlaces() throws IOException {
        Csv csv = labels("1", "2", "3", "1", "2", "3").build();
        Dataset data = DataSpecBuilder.of(csv).classes(1, 2).build().load(1);
        assertThat(data.classNames()).containsExactly("1", "2");
        assertThat(data.train().labels()).containsExactly(0, 1, 0, 1);
        assertThat(data.ledger().lines()).contains("  left out 2: not of data.classes [1, 2]");
        Csv named = labels("pear", "fig", "plum").build();
        assertThat(DataSpecBuilder.of(named)
                        .classes(Word.name("plum"), Word.name("fig"))
                        .build()
                        .load(1)
                        .classNames())
                .containsExactly("plum", "fig");
        assertThatThrownBy(() -> DataSpecBuilder.of(named).classes(0, 1).build().load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.classes names class 0, but the classes of csv: ")
                .hasMessageContaining(" are fig, pear, plum; classes are named by their labels");
    }

    private CsvBuilder labels(String... labels) throws IOException {
        String rows = IntStream.range(0, labels.length)
                .mapToObj(i -> i + "," + labels[i] + "\n")
                .collect(Collectors.joining());
        return CsvBuilder.of(Files.writeString(folder.resolve("t.csv"), "x,y\n" + rows));
    }
}
