package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a lab book is damaged at random, one at a time: list, show, export, report and compare give no false value, and
 * name what they could not use.
 */
class BookDamageTest {
    private static final String SPEC = """
            name: tiny
            seeds: 2
            data: {source: two-cluster, train: 20, test: 10, batchSize: 10}
            model: {kind: mlp, widths: [4]}
            stop: {steps: 60}
            measure: {checkpointEvery: 20, perDecade: 4, instruments: [loss, norms]}
            grid: {optimizer.learningRate: [0.1, 0.01]}
            """;
    private static final String ONE = "tiny:optimizer.learningRate=0.1";
    private static final String OTHER = "tiny:optimizer.learningRate=0.01";
    /** A digest that the report shows. */
    private static final Pattern DIGEST = Pattern.compile("<code title=\"([0-9a-f]{64})\">");

    @TempDir
    Path folder;

    private Path book;
    private Map<String, String> listed;
    private Set<String> exported;
    private Map<String, String> shown;
    private String compared;
    private Set<String> digests;

    @BeforeEach
    void record() throws IOException {
        book = folder.resolve("book");
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), SPEC);
        assertThat(run("run", spec.toString()).code()).isZero();
        listed = rows(run("list", "--json"));
        exported = new HashSet<>(run("export", "tiny", "--format", "jsonl").lines());
        shown = new HashMap<>();
        for (String key : listed.keySet()) {
            shown.put(key, run("show", "tiny/" + key, "--json").out());
        }
        compared = run("compare", ONE, OTHER, "--json").out();
        digests = digests();
        assertThat(listed).hasSize(4);
        assertThat(digests).hasSize(4);
        assertThat(exported).hasSizeGreaterThan(100);
        assertThat(compared).isNotEmpty();
    }

    private CommandsInProcess.Result run(String... arguments) {
        return CommandsInProcess.run(Stream.concat(Stream.of(arguments), Stream.of("--out", book.toString()))
                .toArray(String[]::new));
    }

    private static Map<String, String> rows(CommandsInProcess.Result list) {
        Map<String, String> rows = new TreeMap<>();
        for (String line : list.lines()) {
            Json.Fields fields = (Json.Fields) Json.parse(line);
            rows.put(((Json.Text) fields.get("run").orElseThrow()).value(), line);
        }
        return rows;
    }

    /** A row of the list without what it says for people. */
    private static String values(String row) {
        return row.replaceFirst("\"damage\":.*", "");
    }

    private Set<String> digests() throws IOException {
        Set<String> found = new HashSet<>();
        Matcher matcher = DIGEST.matcher(Files.readString(book.resolve("tiny/report.html")));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void fortyDamagesAreNamed() throws IOException {
        damage(1, 40);
    }

    @Test
    @Tag("long")
    @Tag("torture")
    void twoThousandDamagesAreNamed() throws IOException {
        damage(System.currentTimeMillis(), 2000);
    }

    private void damage(long seed, int times) throws IOException {
        System.out.println("book damage: seed " + seed + ", " + times + " damages");
        List<Path> files = files();
        for (int number = 0; number < times; number++) {
            Damage damage = new Damage(seed, number);
            Path file = files.get(damage.below(files.size()));
            byte[] sound = Files.readAllBytes(file);
            String how = damage.to(file);
            String what = "seed " + seed + ", damage " + number + ": " + book.relativize(file) + " " + how;
            boolean changed = !Files.exists(file) || !java.util.Arrays.equals(sound, Files.readAllBytes(file));
            try {
                check(what, file.toString(), changed);
            } finally {
                Files.write(file, sound);
            }
        }
        assertThat(rows(run("list", "--json"))).isEqualTo(listed);
        System.out.println("book damage: " + times + " of " + times + " as they should be");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(book)) {
            return all.filter(Files::isRegularFile)
                    // Written anew by whoever needs them, or without content.
                    .filter(file -> !file.endsWith("report.html") && !file.endsWith("lock"))
                    .sorted()
                    .toList();
        }
    }

    private void check(String what, String file, boolean changed) throws IOException {
        CommandsInProcess.Result list = run("list", "--json");
        fine(what, list);
        rows(list).forEach((key, row) -> {
            if (!values(row).equals(values(listed.getOrDefault(key, "")))) {
                assertThat(row)
                        .as(what)
                        .containsPattern("\"status\":\"(damaged|unfinished)\"")
                        .contains("\"digest\":\"\"");
            }
        });
        if (rows(list).size() < listed.size() || list.out().contains("\"status\":\"damaged\"")) {
            assertThat(list.code()).as(what).isEqualTo(2);
            assertThat(list.err()).as(what).contains(book.toString());
        }

        CommandsInProcess.Result export = run("export", "tiny", "--format", "jsonl");
        fine(what, export);
        Set<String> lines = new HashSet<>(export.lines());
        assertThat(exported).as(what).containsAll(lines);
        if (lines.size() < exported.size()) {
            assertThat(export.err()).as(what).isNotBlank();
            assertThat(export.code() == 2 || export.err().contains("has no end"))
                    .as(what)
                    .isTrue();
        }

        CommandsInProcess.Result compare = run("compare", ONE, OTHER, "--json");
        fine(what, compare);
        if (!compare.out().equals(compared)) {
            assertThat(compare.err()).as(what).isNotBlank();
            assertThat(compare.code() == 2 || compare.err().contains("has no end"))
                    .as(what)
                    .isTrue();
        }

        CommandsInProcess.Result report = run("report", "tiny");
        fine(what, report);
        if (report.code() == 0 || report.out().contains("report.html")) {
            assertThat(digests).as(what).containsAll(digests());
            if (digests().size() < digests.size()) {
                assertThat(report.err()).as(what).isNotBlank();
            }
        }

        boolean named = false;
        for (var run : shown.entrySet()) {
            if (!file.contains("-" + run.getKey())) {
                continue;
            }
            CommandsInProcess.Result show = run("show", "tiny/" + run.getKey(), "--json");
            fine(what, show);
            named |= show.code() == 2 || !show.err().isBlank();
            if (!show.out().equals(run.getValue())) {
                assertThat(show.code() == 2
                                || !show.err().isBlank()
                                || show.out().contains("\"status\":\"unfinished\""))
                        .as(what)
                        .isTrue();
                named = true;
            }
        }
        // A comment of the spec for people says nothing that anybody uses.
        // Older checkpoints are deleted as newer ones come.
        boolean ofARun = file.contains("seed-")
                && !file.endsWith("spec.yaml")
                && (Files.exists(Path.of(file)) || !file.matches(".*step-[24]0.safetensors"));
        if (changed && ofARun) {
            assertThat(named).as("nobody names it: " + what).isTrue();
        }
        if (changed && file.endsWith("study.json") && Files.exists(Path.of(file))) {
            assertThat(report.code()).as(what).isEqualTo(2);
        }
    }

    private static void fine(String what, CommandsInProcess.Result result) {
        assertThat(result.code()).as(what + "\n" + result.err()).isIn(0, 2);
        assertThat(result.err()).as(what).doesNotContain("internal error", "\tat ");
    }
}
