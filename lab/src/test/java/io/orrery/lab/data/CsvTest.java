package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.Csv.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void textLabelsBecomeClassesInOrder() throws IOException {
        Dataset data = table("a,b,kind\n1,2,pear\n3,4,apple\n5,6e-1,pear\n").load(1);
        assertThat(data.classNames()).containsExactly("apple", "pear");
        assertThat(data.train().labels()).containsExactly(1, 0, 1);
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 3, 4, 5, 0.6);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(2));
        assertThat(data.files()).containsOnlyKeys("table.csv");
    }

    @Test
    void numberedLabelsAreOrderedByValue() throws IOException {
        Dataset data = table("1,10\n2,9\n3,100\n").load(1);
        assertThat(data.classNames()).containsExactly("9", "10", "100");
        assertThat(data.train().labels()).containsExactly(1, 0, 2);
    }

    @Test
    void theLabelColumnIsFoundByNameOrNumber() throws IOException {
        String text = "kind,a,b\nx,1,2\ny,3,4\n";
        for (String label : new String[] {"kind", "0", "-3"}) {
            Dataset data = table(text, label, Header.AUTO, ",").load(1);
            assertThat(data.train().labels()).containsExactly(0, 1);
            assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aHeaderOfNumbersIsBelievedIfStated() throws IOException {
        String text = "1,2,3\n4,5,6\n7,8,9\n";
        assertThat(table(text, "-1", Header.AUTO, ",").load(1).train().count()).isEqualTo(3);
        assertThat(table(text, "-1", Header.PRESENT, ",").load(1).train().count())
                .isEqualTo(2);
        assertThat(table(text, "3", Header.PRESENT, ",")
                        .load(1)
                        .train()
                        .inputs()
                        .doubles())
                .containsExactly(4, 5, 7, 8);
    }

    @Test
    void quotesSeparatorsMarksAndEmptyLinesAreUnderstood() throws IOException {
        Dataset data = table("\uFEFFa;kind\r\n\"1\";\"one; \"\"two\"\"\"\r\n\r\n 2 ; b\r\n", "kind", Header.AUTO, ";")
                .load(1);
        assertThat(data.classNames()).containsExactly("b", "one; \"two\"");
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2);
    }

    @Test
    void aFractionOfEachClassIsCutOff() throws IOException {
        StringBuilder text = new StringBuilder("a,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i).append(',').append(i < 40 ? "x" : "y").append('\n');
        }
        write("table.csv", text.toString());
        Csv csv = new Csv(path("table.csv"), Optional.empty(), "-1", Header.AUTO, ",", 0.25);
        Dataset data = csv.load(1);
        assertThat(data.train().countsPerClass(2)).containsExactly(30, 15);
        assertThat(data.test().orElseThrow().countsPerClass(2)).containsExactly(10, 5);
        assertThat(csv.load(1).test().orElseThrow().inputs().doubles())
                .isEqualTo(data.test().orElseThrow().inputs().doubles());
        assertThat(csv.load(2).test().orElseThrow().inputs().doubles())
                .isNotEqualTo(data.test().orElseThrow().inputs().doubles());
    }

    @Test
    void aSecondTableMayBeTheTestSet() throws IOException {
        write("table.csv", "a,kind\n1,x\n2,y\n");
        write("more.csv", "a,kind\n3,y\n");
        Dataset data = new Csv(path("table.csv"), path("more.csv"), "kind", Header.AUTO, ",", 0.2).load(1);
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.test().orElseThrow().labels()).containsExactly(1);
        write("more.csv", "b,kind\n3,y\n");
        refused(
                new Csv(path("table.csv"), path("more.csv"), "kind", Header.AUTO, ",", 0.2),
                "more.csv: its feature columns [b] differ from those of ");
    }

    @Test
    void mistakesAreNamedWithFileAndLine() throws IOException {
        refused(Csv.defaults(), "source csv needs data.file; give it with --set data.file=FILE");
        refused(
                new Csv(Optional.of("/no/table.csv"), Optional.empty(), "-1", Header.AUTO, ",", 0.2),
                "/no/table.csv: no such file");
        refused(table("a,b,c\n1,2,3\n4,5\n"), "table.csv:3: expected 3 columns as in the first line, found 2");
        refused(table("a,b,c\n1,2,x\n4,five,x\n"), "table.csv:3: b: expected a number, found \"five\"");
        refused(table("a,b,c\n1,,x\n"), "table.csv:2: b: expected a number, found \"\"");
        refused(table("a,b,c\n1,NaN,x\n"), "table.csv:2: b: expected a finite number, found NaN");
        refused(table("a,b,c\n1,1e999,x\n"), "table.csv:2: b: expected a finite number, found 1e999");
        refused(table("a,b,c\n1,2,\n"), "table.csv:2: c: expected a label, found an empty cell");
        refused(table("1,2,x\n3,4x,y\n"), "table.csv:2: column 1: expected a number, found \"4x\"");
        refused(table(""), "table.csv: empty; expected rows of numbers with a label");
        refused(table("a,b\n"), "table.csv: no rows after the header");
        refused(table("1\n2\n"), "only one column");
        refused(table("a,b\n1,\"x\n"), "table.csv:2: a double quote is not closed on its line");
        refused(
                table("a,b\n1,x\n", "c", Header.AUTO, ","),
                "table.csv:1: no column named \"c\" (data.label); found [a, b]");
        refused(table("a,b\n1,x\n", "2", Header.AUTO, ","), "data.label is column 2, but the columns are 0 to 1");
        refused(table("a,b\n1,x\n", "b", Header.AUTO, ",,"), "data.separator must be one character, found \",,\"");
        refused(
                new Csv(path("table.csv"), Optional.empty(), "-1", Header.AUTO, ",", 1),
                "data.testFraction is a fraction from 0 to below 1, found 1.0");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("table.csv"), new byte[] {'1', ',', (byte) 0xff, '\n'});
        refused(new Csv(path("table.csv"), Optional.empty(), "-1", Header.AUTO, ",", 0), "not a text file in UTF-8");
    }

    @Test
    void theRealTablesHaveTheKnownRows() {
        Dataset iris = real("iris.csv");
        assertThat(iris.classNames()).containsExactly("setosa", "versicolor", "virginica");
        assertThat(iris.train().countsPerClass(3)).containsExactly(50, 50, 50);
        Dataset wine = real("wine.csv");
        assertThat(wine.classNames()).containsExactly("1", "2", "3");
        assertThat(wine.exampleShape()).isEqualTo(Shape.of(13));
        assertThat(wine.train().countsPerClass(3)).containsExactly(59, 71, 48);
        Dataset digits = real("digits.csv");
        assertThat(digits.train().countsPerClass(10)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        assertThat(Arrays.stream(digits.train().inputs().doubles()).sum()).isEqualTo(561718);
    }

    private static Dataset real(String name) {
        Path path = SharedData.find("tables").resolve(name);
        return new Csv(Optional.of(path.toString()), Optional.empty(), "-1", Header.AUTO, ",", 0).load(1);
    }

    private Csv table(String text) throws IOException {
        return table(text, "-1", Header.AUTO, ",");
    }

    private Csv table(String text, String label, Header header, String separator) throws IOException {
        write("table.csv", text);
        return new Csv(path("table.csv"), Optional.empty(), label, header, separator, 0);
    }

    private Optional<String> path(String name) {
        return Optional.of(folder.resolve(name).toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static void refused(DataSource source, String message) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }
}
