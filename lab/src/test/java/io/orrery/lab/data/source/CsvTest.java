package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.data.table.CsvFormat;
import io.orrery.lab.data.table.CsvFormat.Header;
import io.orrery.lab.data.table.CsvFormat.Missing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void textLabelsBecomeClassesInOrder() throws IOException {
        Dataset data = table("a,b,kind\n1,2,pear\n3,4,apple\n5,6e-1,pear\n").load();
        assertThat(data.classNames()).containsExactly("apple", "pear");
        assertThat(data.train().labels()).containsExactly(1, 0, 1);
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 3, 4, 5, 0.6);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(2));
        assertThat(data.files()).containsOnlyKeys("table.csv");
        assertThat(data.digests()).containsOnlyKeys("data.file");
        assertThat(data.featureNames()).containsExactly("a", "b");
    }

    @Test
    void numberedLabelsAreOrderedByValue() throws IOException {
        Dataset data = table("1,10\n2,9\n3,100\n").load();
        assertThat(data.classNames()).containsExactly("9", "10", "100");
        assertThat(data.train().labels()).containsExactly(1, 0, 2);
    }

    @Test
    void theLabelColumnIsFoundByNameOrPlace() throws IOException {
        String text = "kind,a,b\nx,1,2\ny,3,4\n";
        for (CsvBuilder csv : new CsvBuilder[] {
            table(text).label("kind"), table(text).label(0), table(text).label(-3)
        }) {
            Dataset data = csv.load();
            assertThat(data.train().labels()).containsExactly(0, 1);
            assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aNumberIsAPlaceEvenIfACellOfTheFirstRowIsEqualToIt() throws IOException {
        Dataset last = table("-1,2,1\n3,4,-1\n5,6,1\n7,8,-1\n").load();
        assertThat(last.classNames()).containsExactly("-1", "1");
        assertThat(last.train().labels()).containsExactly(1, 0, 1, 0);
        Dataset first = table("2,0,7\n1,0,8\n2,3,9\n1,3,9\n").label(0).load();
        assertThat(first.classNames()).containsExactly("1", "2");
        assertThat(first.train().inputs().doubles()).containsExactly(0, 7, 0, 8, 3, 9, 3, 9);
    }

    @Test
    void quotesSeparatorsMarksAndEmptyLinesAreUnderstood() throws IOException {
        Dataset data = table("\uFEFFa;kind\r\n\"1\";\"one; \"\"two\"\"\"\r\n\r\n 2 ; b\r\n")
                .label("kind")
                .separator(";")
                .load();
        assertThat(data.classNames()).containsExactly("b", "one; \"two\"");
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2);
        assertThat(data.ledger().lines())
                .contains("  left out 1: nothing on the line")
                .anySatisfy(line -> assertThat(line).endsWith("3 rows found = 2 used + 0 refused + 1 left out"));
    }

    @Test
    void tabAndDecimalCommasAreReadIfAskedFor() throws IOException {
        for (String tab : new String[] {"\t", "\\t"}) {
            assertThat(table("a\tkind\n1\tx\n2\ty\n")
                            .separator(tab)
                            .load()
                            .train()
                            .inputs()
                            .doubles())
                    .containsExactly(1, 2);
        }
        Dataset data = table("a;b;kind\n0,5;-1,25;x\n1;,5e1;y\n")
                .separator(";")
                .decimal(",")
                .load();
        assertThat(data.train().inputs().doubles()).containsExactly(0.5, -1.25, 1, 5);
    }

    @Test
    void aTableWrittenOtherwiseIsAnsweredWithWhatToWrite() throws IOException {
        refused(
                table("a\tb\tkind\n1\t2\tx\n3\t4\ty\n"),
                "only one column",
                "separated by tabs: write data.separator: \"\\t\"");
        refused(
                table("a;b;kind\n0,5;1,25;x\n1,5;2,5;y\n"),
                "table.csv:2: expected 1 columns as in the first line, found 3",
                "separated by ';', with decimal commas in the numbers: write data.separator: \";\" and data.decimal: \",\"");
        refused(
                table("a;b;kind\n0,5;1,25;x\n1,5;2,5;y\n").separator(";"),
                "table.csv:2: a: expected a number, found \"0,5\"; decimal commas are read with data.decimal: \",\"");
    }

    @Test
    void aFractionOfEachClassIsCutOff() throws IOException {
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> i + "," + (i < 40 ? "x" : "y") + "\n")
                .collect(Collectors.joining());
        Csv csv = table("a,kind\n" + rows).testFraction(0.25).build();
        Dataset data = csv.load(1);
        assertThat(data.train().countsPerClass(2)).containsExactly(30, 15);
        assertThat(data.test().orElseThrow().countsPerClass(2)).containsExactly(10, 5);
        assertThat(csv.load(1).test().orElseThrow().inputs().doubles())
                .isEqualTo(data.test().orElseThrow().inputs().doubles());
        assertThat(csv.load(2).test().orElseThrow().inputs().doubles())
                .isNotEqualTo(data.test().orElseThrow().inputs().doubles());
        double[] both = new double[60];
        System.arraycopy(data.train().inputs().doubles(), 0, both, 0, 45);
        System.arraycopy(data.test().orElseThrow().inputs().doubles(), 0, both, 45, 15);
        Arrays.sort(both);
        assertThat(both).isEqualTo(IntStream.range(0, 60).asDoubleStream().toArray());
    }

    @Test
    void labelsMayBeRealNumbers() throws IOException {
        CsvBuilder csv = table("a,price,b\n1,0.5,2\n3,-1e3,4\n5,0.5,6\n7,2,8\n")
                .label("price")
                .target(Csv.Target.REALS);
        Dataset data = csv.load();
        assertThat(data.target()).isEqualTo(new TargetKind.Reals(List.of("price")));
        assertThat(((Targets.Real) data.train().targets()).values().doubles()).containsExactly(0.5, -1000, 0.5, 2);
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        Dataset halves = csv.testFraction(0.5).load();
        assertThat(halves.train().count()).isEqualTo(2);
        for (Split split : List.of(halves.train(), halves.test().orElseThrow())) {
            for (int i = 0; i < 2; i++) {
                double price = switch ((int) split.inputs().get(2 * i)) {
                    case 3 -> -1000;
                    case 7 -> 2;
                    default -> 0.5;
                };
                assertThat(((Targets.Real) split.targets()).values().get(i)).isEqualTo(price);
            }
        }
        refused(
                table("a,price\n1,2\n3,cheap\n").target(Csv.Target.REALS),
                "table.csv:3: price: with data.target: reals expected a finite number, found \"cheap\"");
        refused(table("a,price\n1,2\n").target(Csv.Target.REALS).mostClasses(3), "data.mostClasses is about classes");
        refused(
                table("a,price\n1,2\n").target(Csv.Target.REALS).missing(CsvFormat.Missing.CLASS),
                "data.missing: class takes a missing label for a class");
    }

    @Test
    void aSecondTableMayBeTheTestSet() throws IOException {
        CsvBuilder csv = table("a,kind\n1,x\n2,y\n").testFile(write("more.csv", "a,kind\n3,y\n"));
        Dataset data = csv.label("kind").load();
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.test().orElseThrow().labels()).containsExactly(1);
        assertThat(data.digests()).containsOnlyKeys("data.file", "data.testFile");
        write("more.csv", "b,kind\n3,y\n");
        refused(csv, "more.csv: its columns b, kind differ from those of ");
    }

    @Test
    void theTestTableNamesItsColumnsAsTheOtherDoes() throws IOException {
        // Its own rows would not tell: each class stands there once.
        Dataset data = table("400,450,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n")
                .testFile(write("more.csv", "400,450,kind\n3,4,y\n5,6,x\n"))
                .load();
        assertThat(data.train().count()).isEqualTo(4);
        assertThat(data.test().orElseThrow().labels()).containsExactly(1, 0);
    }

    @Test
    void mistakesAreNamedWithFileAndLine() throws IOException {
        assertThatThrownBy(() -> Csv.defaults().load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("source csv needs data.file; give it with --set data.file=FILE");
        refused(CsvBuilder.of(Path.of("/no/table.csv")), "/no/table.csv: no such file");
        refused(CsvBuilder.of(folder), "a folder; expected a file");
        refused(CsvBuilder.of(Path.of("/dev/null")), "a pipe or device, which cannot be read twice");
        refused(table("a,b,c\n1,2,3\n4,5\n"), "table.csv:3: expected 3 columns as in the first line, found 2");
        refused(table("a,b,c\n1,2,x\n4,five,x\n"), "table.csv:3: b: expected a number, found \"five\"");
        refused(table("a,b,c\n1,,x\n"), "table.csv:2: b: expected a number, found an empty cell");
        refused(
                table("a,b,c\n1,NaN,x\n"),
                "table.csv:2: b: expected a number, found \"NaN\", which says that it is missing");
        refused(table("a,b,c\n1,1e999,x\n"), "table.csv:2: b: expected a finite number, found 1e999");
        refused(table("a,b,c\n1,-inf,x\n"), "b: expected a number, found \"-inf\"; examples must be finite");
        refused(table("a,b,c\n1,2,\n"), "table.csv:2: c: expected a label, found an empty cell (1 of 1 rows)");
        refused(table("1,2,x\n3,4x,y\n"), "table.csv:2: column 1: expected a number, found \"4x\"");
        refused(table(""), "table.csv: empty; expected rows of numbers with a label");
        refused(table("\n \n"), "table.csv: empty; expected rows of numbers with a label");
        refused(table("a,b\n"), "table.csv: no rows after the header");
        refused(table("1\n2\n"), "only one column");
        refused(table("a,b\n1,\"x\n"), "table.csv:2: a double quote is opened and never closed");
        refused(table("a,b\n1,\"x\"y\n"), "table.csv:2: expected ',' or the end of the line after a closing");
        refused(table("a,b\n1,x\n").label("c"), "table.csv:1: no column named \"c\" (data.label); found [a, b]");
        refused(table("a,b,b\n1,2,x\n").label("b"), "two columns are named \"b\" (data.label): 1 and 2");
        refused(table("a,b\n1,x\n").label(2), "data.label is column 2, but the columns are 0 to 1");
        refused(table("a,b\n1,x\n").separator(",,"), "data.separator must be one character", "found \",,\"");
        refused(table("a,b\n1,x\n").decimal(","), "data.separator and data.decimal are both \",\"");
        refused(table("a,b\n1,x\n").testFraction(1), "data.testFraction is a fraction from 0 to below 1, found 1.0");
        refused(table("a,b\n1,x\n").label("b").header(Header.ABSENT), "data.header: absent says that no line names");
    }

    @Test
    void numbersAreWrittenAsTablesDoNotAsJavaDoes() throws IOException {
        for (String cell :
                new String[] {"1d", "2f", "0x1p3", "1_000", "Infinity", "\u0661\u0662", "1e", "+", ".", "1 2"}) {
            assertThatThrownBy(() -> table("a,b\n1,x\n" + cell + ",y\n").load())
                    .as(cell)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("table.csv:3: a: expected a number");
        }
    }

    @Test
    void textFromCellsIsShownWithoutControlCharacters() throws IOException {
        refused(table("a,b\n1,x\n\u001b[31m,y\n"), "expected a number, found \"\\u001b[31m\"");
    }

    @Test
    void rowsWithAMissingValueAreLeftOutIfAskedFor() throws IOException {
        Dataset data = table("a,b,y\nNA,1,x\n1,2,x\n3,,y\n4,5,?\n6,7,y\n8,9,null\n")
                .missing(Missing.LEAVE_OUT)
                .load();
        assertThat(data.train().inputs().doubles()).containsExactly(1, 2, 6, 7);
        assertThat(data.train().labels()).containsExactly(0, 1);
        assertThat(data.ledger().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.found()).isEqualTo(6))
                .satisfies(entry -> assertThat(entry.used()).isEqualTo(2));
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("table.csv"), new byte[] {'1', ',', (byte) 0xff, '\n'});
        refused(CsvBuilder.of(folder.resolve("table.csv")), "not a text file in UTF-8");
    }

    @Test
    void everyPartOfAGzipFileIsRead() throws IOException {
        byte[] first = gzip("a,b\n1,x\n");
        byte[] second = gzip("2,y\n");
        Path file = folder.resolve("t.csv.gz");
        Files.write(file, joined(first, second));
        assertThat(CsvBuilder.of(file).load().train().inputs().doubles()).containsExactly(1, 2);
        byte[] damaged = joined(first, second);
        damaged[first.length + 1] ^= 1;
        Files.write(file, damaged);
        refused(CsvBuilder.of(file), "cannot be read to its end (gzip: a later part does not begin as gzip does)");
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
        return CsvBuilder.of(SharedData.find("tables").resolve(name)).load();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private CsvBuilder table(String text) throws IOException {
        return CsvBuilder.of(write("table.csv", text));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static void refused(CsvBuilder csv, String... messages) {
        assertThatThrownBy(csv::load).isInstanceOf(UserError.class).hasMessageContainingAll(messages);
    }
}
