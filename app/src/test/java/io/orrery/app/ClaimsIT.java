package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims as a user meets them on the command line. */
class ClaimsIT {
    private static final List<String> SMALL =
            List.of("claim", "neural-collapse", "--set", "stop.steps=20", "--seeds", "5");

    @TempDir
    Path folder;

    private Launcher.Result orrery(String... arguments) {
        return new Launcher(folder).run(arguments);
    }

    private Launcher.Result small(String... more) {
        return orrery(Stream.concat(SMALL.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aClaimRunsToAVerdictAPageAndASummaryAndIsRunAgainOnlyWhenAsked() throws IOException {
        Launcher.Result run = small("--json");
        assertThat(run.lines()).allSatisfy(line -> assertThat(Json.parse(line)).isInstanceOf(Json.Fields.class));
        assertThat(run.lines().getFirst()).contains("\"event\":\"started\"", "\"schema\":1");
        Json.Fields verdict = verdict(run);
        assertThat(verdict.values().sequencedKeySet().stream().limit(11))
                .containsExactly(
                        "event",
                        "claim",
                        "scale",
                        "verdict",
                        "effect",
                        "interval",
                        "threshold",
                        "seeds",
                        "control",
                        "seconds",
                        "page");
        assertThat(verdict.get("seeds")).contains(Json.number(5));
        // Twenty steps fit nothing: whatever the verdict, the claim cannot be borne out.
        assertThat(verdict.get("verdict")).isNotEqualTo(java.util.Optional.of(Json.text("SUPPORTED")));
        assertThat(run.code())
                .isEqualTo(verdict.get("verdict").equals(java.util.Optional.of(Json.text("REFUTED"))) ? 1 : 0);
        Path page = Path.of(text(verdict, "page"));
        assertThat(Files.readString(page)).contains("neural-collapse", "stop.steps=20", "</html>");
        assertThat(run.last().values().sequencedKeySet().stream().limit(6))
                .containsExactly("event", "supported", "refuted", "inconclusive", "seconds", "report");
        assertThat(Files.readString(Path.of(text(run.last(), "report"))))
                .contains(page.getName(page.getNameCount() - 2) + "/page.html");

        assertThat(orrery("claims").out()).contains("neural-collapse", "STATEMENT");

        String first = Files.readString(page);
        Launcher.Result same = small("--json");
        assertThat(same.out()).doesNotContain("run-started");
        assertThat(verdict(same).get("seconds")).isEqualTo(verdict.get("seconds"));
        assertThat(Files.readString(page).lines().toList())
                .as("the same page")
                .isEqualTo(first.lines().toList());

        Path other = folder.resolve("lab-book/claims/neural-collapse-full/kept");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "not ours to delete");
        Launcher.Result again = small("--again", "--json", "--threads", "1");
        assertThat(again.out()).contains("run-started");
        assertThat(other).exists();
        assertThat(withoutCosts(Files.readString(page)))
                .as("the page of the same claim run anew")
                .isEqualTo(withoutCosts(first));
    }

    @Test
    void aClaimInterruptedByCtrlCGoesOnWhereItStoppedToTheSameVerdict() throws Exception {
        String[] claim = {
            "claim",
            "neural-collapse",
            "--set",
            "stop.steps=8000",
            "--seeds",
            "5",
            "--threads",
            "1",
            "--json",
            "--out",
            "book"
        };
        Path out = folder.resolve("out");
        Launcher launcher = new Launcher(folder);
        Process process = launcher.start(claim);
        long patience = System.nanoTime() + 100_000_000_000L;
        while (process.isAlive() && finishedRuns(Files.readString(out)) < 2 && System.nanoTime() < patience) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("err"))).contains("interrupted; go on with 'orrery claim");
        String before = Files.readString(out);
        long done = finishedRuns(before);
        assertThat(done).isBetween(2L, 14L);
        assertThat(before).doesNotContain("\"event\":\"verdict\"");

        Launcher.Result resumed = launcher.run(claim);
        assertThat(resumed.code()).as(resumed.err()).isIn(0, 1);
        assertThat(verdict(resumed).get("alreadyDone")).contains(Json.number(done));
        claim[claim.length - 1] = "untouched";
        Launcher.Result untouched = launcher.run(claim);
        assertThat(finishedRuns(untouched.out())).isEqualTo(15);
        for (String key : List.of("verdict", "effect", "interval", "control", "reason", "findings", "seeds")) {
            assertThat(verdict(resumed).get(key))
                    .as(key)
                    .isEqualTo(verdict(untouched).get(key));
        }
    }

    private static long finishedRuns(String out) {
        return out.lines()
                .filter(line -> line.startsWith("{\"event\":\"run-ended\"") && line.contains("\"status\":\"done\""))
                .count();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            claim neural-colapse                               | did you mean 'neural-collapse'
            claim neural-collapse --scale ful                  | did you mean 'full'
            claim neural-collapse --set stop.stps=3            | did you mean 'steps'
            claim neural-collapse --set data=nowhere/at.all    | nothing at nowhere/at.all
            claim neural-collapse --seeds 5 --publish there     | leave --set and --seeds out
            claim neural-collapse --replicate 0                | expected 1 to 1000 blocks, found 0
            claim neural-collapse --replicate 2 --seeds 5      | it chooses the seeds itself
            claim all --set stop.stps=3                        | did you mean 'steps'
            """)
    void wrongInputEndsWithCode2AndOneClearMessage(String command, String expected) {
        Launcher.Result result = orrery(command.strip().split(" +"));
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.message()).contains(expected).doesNotContain("Exception");
        assertThat(result.message().lines().count()).isLessThanOrEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(folder.resolve("lab-book")).doesNotExist();
    }

    private static Json.Fields verdict(Launcher.Result result) {
        return result.lines().stream()
                .filter(line -> line.startsWith("{\"event\":\"verdict\""))
                .map(line -> (Json.Fields) Json.parse(line))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.err()));
    }

    private static List<String> withoutCosts(String page) {
        return page.replaceAll("(?s)<section id=\"costs\".*?</section>", "")
                .lines()
                .toList();
    }

    private static String text(Json.Fields fields, String key) {
        return ((Json.Text) fields.get(key).orElseThrow()).value();
    }
}
