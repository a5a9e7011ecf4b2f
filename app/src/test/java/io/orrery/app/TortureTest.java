package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed at any moment, share a book, or meet a full disk: the book stays sound, and the runs end at the
 * bits of undisturbed ones.
 */
class TortureTest {
    private static final String SPEC = """
            name: tiny
            seeds: 2
            data: {source: two-cluster, train: 200, test: 50, batchSize: 10}
            model: {kind: mlp, widths: [16]}
            stop: {steps: 6000}
            measure: {checkpointEvery: 300, every: 50, instruments: [loss, norms]}
            """;
    /** A process that is killed has lived at most so long. */
    private static final int LONGEST_MILLIS = 4000;

    @TempDir
    Path folder;

    private Path spec;
    private Map<String, String> digests;
    private Set<String> exported;

    @BeforeEach
    void undisturbed() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), SPEC);
        Path book = folder.resolve("undisturbed");
        assertThat(run(book, "run", spec.toString()).code()).isZero();
        digests = digests(book);
        exported = exported(book);
        assertThat(digests).hasSize(2);
        assertThat(exported).hasSizeGreaterThan(500);
    }

    private static CommandsInProcess.Result run(Path book, String... arguments) {
        return CommandsInProcess.run(Stream.concat(Stream.of(arguments), Stream.of("--out", book.toString()))
                .toArray(String[]::new));
    }

    private static Map<String, String> digests(Path book) {
        CommandsInProcess.Result list = run(book, "list", "--json");
        assertThat(list.code()).as(list.err()).isZero();
        Map<String, String> digests = new TreeMap<>();
        for (String line : list.lines()) {
            Json.Fields run = (Json.Fields) Json.parse(line);
            digests.put(text(run, "run"), text(run, "digest"));
        }
        return digests;
    }

    private static String text(Json.Fields fields, String key) {
        return ((Json.Text) fields.get(key).orElseThrow()).value();
    }

    private static Set<String> exported(Path book) {
        CommandsInProcess.Result export = run(book, "export", "tiny", "--format", "jsonl");
        assertThat(export.code()).as(export.err()).isZero();
        return new HashSet<>(export.lines());
    }

    @Test
    void fourKillsHarmNothing() throws Exception {
        kills(1, 4);
    }

    @Test
    @Tag("long")
    @Tag("torture")
    void twoHundredKillsHarmNothing() throws Exception {
        kills(System.currentTimeMillis(), 200);
    }

    private void kills(long seed, int times) throws Exception {
        RandomStream random = RandomStream.of(seed, "kills");
        System.out.println("kills: seed " + seed + ", " + times + " kills");
        Path book = folder.resolve("killed");
        int killed = 0;
        int ended = 0;
        for (int number = 0; killed < times; number++) {
            String what = "seed " + seed + ", process " + number;
            boolean reporting = number % 4 == 3 && Files.exists(book.resolve("tiny"));
            Path output = folder.resolve("output");
            RealProcess process = reporting
                    ? RealProcess.start(output, "report", "tiny", "--out", book.toString())
                    : RealProcess.start(output, "run", spec.toString(), "--out", book.toString());
            if (process.killAfter(200 + random.integer(number, 0, reporting ? LONGEST_MILLIS / 2 : LONGEST_MILLIS))) {
                killed++;
            }
            sound(what, book);
            if (digests(book).equals(digests)) {
                assertThat(exported(book)).as(what).isEqualTo(exported);
                ended++;
                delete(book);
            }
        }
        assertThat(run(book, "run", spec.toString()).code()).isZero();
        assertThat(digests(book)).isEqualTo(digests);
        assertThat(exported(book)).isEqualTo(exported);
        System.out.println("kills: " + killed + ", after which " + (ended + 1) + " studies ended at the same bits");
    }

    private void sound(String what, Path book) throws IOException {
        CommandsInProcess.Result list = run(book, "list", "--json");
        assertThat(list.code()).as(what + "\n" + list.err()).isZero();
        assertThat(list.err()).as(what).isEmpty();
        if (Files.exists(book.resolve("tiny")) && !list.out().isEmpty()) {
            assertThat(exported).as(what).containsAll(exported(book));
        }
        Path report = book.resolve("tiny/report.html");
        if (Files.exists(report)) {
            assertThat(Files.readString(report)).as(what).endsWith("</html>\n");
        }
    }

    private static void delete(Path book) throws IOException {
        try (Stream<Path> files = Files.walk(book)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void twoWritersOfABookDoNotHarmEachOther() throws Exception {
        writers(1);
    }

    @Test
    @Tag("long")
    @Tag("cluster")
    void twoWritersTwentyTimes() throws Exception {
        writers(20);
    }

    private void writers(int times) throws Exception {
        for (int round = 0; round < times; round++) {
            Path book = folder.resolve("shared-" + round);
            List<RealProcess> both = List.of(
                    RealProcess.start(folder.resolve("one"), "run", spec.toString(), "--out", book.toString()),
                    RealProcess.start(folder.resolve("two"), "run", spec.toString(), "--out", book.toString()));
            for (RealProcess process : both) {
                int code = process.code();
                assertThat(code).as(process.output()).isIn(0, 2);
                if (code == 2) {
                    assertThat(process.output())
                            .containsAnyOf(
                                    "is being written by another process", "another process has just recorded the run");
                }
            }
            assertThat(run(book, "run", spec.toString()).code()).isZero();
            assertThat(digests(book)).isEqualTo(digests);
            assertThat(exported(book)).isEqualTo(exported);
        }
        System.out.println("two writers: " + times + " times");
    }

    @Test
    void aDiskThatIsFullAtTheReportIsSaidAndTheReportIsWrittenWhenThereIsRoom() throws Exception {
        fullDisk("measure.every=50", "cannot write the report", "No space left");
    }

    @Test
    void aDiskThatIsFullAtTheLogIsSaidAndRunsGoOnWhenThereIsRoom() throws Exception {
        fullDisk("measure.every=5", "measurements.log", "No space left", "free some space, then go on with 'resume'");
    }

    private void fullDisk(String measured, String... said) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        if (!command("mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", disk.toString())) {
            abort("skipped: only root may mount a small disk");
        }
        try {
            Path book = disk.resolve("book");
            CommandsInProcess.Result full = run(book, "run", spec.toString(), "--set", measured);
            assertThat(full.code()).as(full.err()).isEqualTo(2);
            assertThat(full.err()).contains(said);
            CommandsInProcess.Result list = run(book, "list", "--json");
            assertThat(list.code()).as(list.err()).isZero();
            assertThat(list.err()).isEmpty();
            try (Stream<Path> files = Files.walk(book)) {
                assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".part"));
            }
            assertThat(command("mount", "-o", "remount,size=64m", disk.toString()))
                    .isTrue();
            CommandsInProcess.Result room = run(book, "run", spec.toString(), "--set", measured);
            assertThat(room.code()).as(room.err()).isZero();
            assertThat(digests(book)).isEqualTo(digests);
            assertThat(exported(book)).containsAll(measured.endsWith("=50") ? exported : Set.of());
        } finally {
            assertThat(command("umount", disk.toString())).isTrue();
        }
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
