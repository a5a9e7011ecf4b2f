package io.orrery.lab.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.CsvBuilder;
import io.orrery.lab.text.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvCellsTest {
    /** Reads the texts of a JSON list; writes for each the rows, or null where Python refuses.. */
    private static final String PYTHON = """
            import csv, io, json, sys
            out = []
            for text in json.load(open(sys.argv[1], encoding='utf-8')):
                try:
                    out.append(list(csv.reader(io.StringIO(text, newline=''), strict=True)))
                except csv.Error:
                    out.append(None)
            print(json.dumps(out))
            """;

    @TempDir
    Path folder;

    @Test
    void quotingIsThatOfPythonsCsvModule() throws Exception {
        assumeTrue(python(), "skipped: no python3 to compare with");
        Random random = new Random(17);
        String[] pieces = {
            "a", "\"", "\"\"", ",", "\n", "\r\n", "\r", "1", " ", "b c", "\"x\"", ",,", "\"\n\"", "\u00e9"
        };
        List<String> texts = new ArrayList<>(List.of(
                "a,\"b\"\n",
                "\"a\"\"b\",c",
                "\"a\nb\",c\n",
                "a\"b,c\n",
                "\"a\"b,c\n",
                "\"a",
                ",\n",
                "\n\na,b\n",
                "\"\"\n",
                "a,\"b\r\nc\"\r\nd,e\r\n",
                " \"a\",b\n",
                "\"a\" ,b\n"));
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            texts.add(text.toString());
        }
        Json.Items expected = (Json.Items) Json.parse(python(texts));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            Json wanted = expected.values().get(i);
            if (wanted instanceof Json.Items rows) {
                assertThat(rows(text)).as("%s", Json.text(text).write()).isEqualTo(withoutBlanks(rows));
            } else {
                assertThatThrownBy(() -> rows(text))
                        .as("%s", Json.text(text).write())
                        .isInstanceOf(UserError.class);
            }
        }
    }

    @Test
    void rowsKnowTheLineTheyBeginOn() throws IOException {
        CsvCells cells = cells("a,\"x\ny\"\r\n\r\nb,c\rd,e");
        List<Integer> lines = new ArrayList<>();
        while (cells.next()) {
            if (cells.first()) {
                lines.add(cells.line());
            }
        }
        assertThat(lines).containsExactly(1, 4, 5);
        assertThat(cells.blank()).isEqualTo(1);
    }

    @Test
    void cellsAcrossTheBuffersEdgeAreWhole() throws IOException {
        String cell = "0123456789".repeat(10);
        String text = (cell + ",\"" + cell + "\"\n").repeat(2000);
        CsvCells cells = cells(text);
        int count = 0;
        while (cells.next()) {
            assertThat(cells.text()).isEqualTo(cell);
            count++;
        }
        assertThat(count).isEqualTo(4000);
    }

    @Test
    void aCellWithoutEndIsRefused() {
        assertThatThrownBy(() -> rows("a,\"" + "x\n".repeat(1 << 20)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("t.csv:1: a cell of more than 1048576 characters");
    }

    @Test
    void noTextIsHeldForACell() throws IOException {
        // A text takes 40 bytes and more, a number 8: reading allocates little beyond the numbers themselves.
        int rows = 4000;
        int columns = 101;
        String row = "0,17,254,3.25,".repeat(columns / 4) + "1\n";
        Path file = Files.writeString(
                folder.resolve("t.csv"),
                row.repeat(rows / 2) + row.replace(",1\n", ",0\n").repeat(rows / 2));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        CsvBuilder.of(file).load();
        long before = threads.getCurrentThreadAllocatedBytes();
        Dataset data = CsvBuilder.of(file).load();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(data.train().count()).isEqualTo(rows);
        assertThat(bytes).isLessThan(2L * rows * columns * Double.BYTES);
    }

    private static List<List<String>> withoutBlanks(Json.Items rows) {
        // Python keeps blanks around cells and gives blank lines as rows: the two things in which tables are read
        // otherwise.
        List<List<String>> kept = new ArrayList<>();
        for (Json row : rows.values()) {
            List<String> cells = ((Json.Items) row)
                    .values().stream().map(cell -> ((Json.Text) cell).value()).toList();
            if (!(cells.isEmpty() || cells.size() == 1 && cells.getFirst().isBlank())) {
                kept.add(cells.stream().map(String::strip).toList());
            }
        }
        return kept;
    }

    /** The rows of a text, cells without blanks around them, rows of one blank cell left out. */
    private static List<List<String>> rows(String text) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        CsvCells cells = cells(text);
        while (cells.next()) {
            if (cells.first()) {
                rows.add(new ArrayList<>());
            }
            rows.getLast().add(cells.text().strip());
        }
        rows.removeIf(row -> row.size() == 1 && row.getFirst().isBlank());
        return rows;
    }

    private static CsvCells cells(String text) throws IOException {
        return new CsvCells(Path.of("t.csv"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ',');
    }

    private static boolean python() {
        try {
            Process process = new ProcessBuilder(
                            "python3", "-c", "import csv, sys; sys.exit(sys.version_info < (3, 8))")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private String python(List<String> texts) throws Exception {
        Path input = folder.resolve("texts.json");
        Path script = folder.resolve("rows.py");
        Path output = folder.resolve("rows.json");
        Files.writeString(
                input, Json.array(texts.stream().map(Json::text).toList()).write());
        Files.writeString(script, PYTHON);
        Process process = new ProcessBuilder("python3", script.toString(), input.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(output);
    }
}
