package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user meets it: a whole study, and every wrong input. */
class CommandLineIT {
    @TempDir
    Path folder;

    private Launcher.Result orrery(String... arguments) {
        return new Launcher(folder).run(arguments);
    }

    @Test
    void aStudyRunsFromSpecToReportAndIsFoundAgain() throws IOException {
        Launcher.Result run = orrery(
                "run",
                "--json",
                "--seeds",
                "2",
                "--set",
                "data.train=200",
                "--set",
                "data.test=50",
                "--set",
                "stop.epochs=4",
                "--set",
                "model.widths=[32]",
                "--set",
                "decay.lambda=5e-4",
                "--set",
                "name=small");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).allSatisfy(line -> assertThat(Json.parse(line)).isInstanceOf(Json.Fields.class));
        assertThat(run.lines().getFirst()).contains("\"event\":\"started\"").contains("\"schema\":1");
        assertThat(run.last().get("event")).contains(Json.text("finished"));
        assertThat(run.ofRuns("status")).containsExactly("done", "done");
        Json.Fields finals = (Json.Fields) run.runs().getFirst().get("final").orElseThrow();
        assertThat(finals.values().keySet())
                .contains("train.loss", "train.accuracy", "test.accuracy", "neural-collapse.nc1");
        Path report = Path.of(((Json.Text) run.last().get("report").orElseThrow()).value());
        assertThat(Files.readString(report)).contains("</html>");

        Launcher.Result list = orrery("list");
        assertThat(list.lines()).hasSize(3);
        String id = run.ofRuns("run").getFirst();
        assertThat(orrery("show", id.substring(0, 6)).out()).contains("done").contains("train.loss");
        assertThat(orrery("resume", id, "--json").ofRuns("stateDigest"))
                .isEqualTo(run.ofRuns("stateDigest").subList(0, 1));
    }

    /** Without the compiler that makes instructions of them vectors would be a hundred times as slow as plain loops. */
    @Test
    void whereThereAreNoVectorsOneLineSaysSo() {
        String[] small = {
            "run", "--json", "--seeds", "1", "--set", "data.train=100", "--set", "data.test=20", "--set", "stop.steps=3"
        };
        Launcher.Result slow = new Launcher(folder, "-XX:TieredStopAtLevel=1").run(small);
        assertThat(slow.code()).as(slow.err()).isZero();
        assertThat(slow.message().lines()).singleElement().asString().contains("no vectors", "optimizing compiler");
        assertThat(orrery("run", "--json", "--set", "name=other", "--set", "stop.steps=3", "--seeds", "1")
                        .message())
                .isEmpty();
    }

    @Test
    void aDamagedRunIsNamedAndTheOthersAreStillReported() throws IOException {
        Launcher.Result run = orrery(
                "run",
                "--json",
                "--seeds",
                "2",
                "--set",
                "data.train=100",
                "--set",
                "data.test=20",
                "--set",
                "stop.epochs=2",
                "--set",
                "model.widths=[8]",
                "--set",
                "decay.lambda=5e-4",
                "--set",
                "name=small");
        String id = run.ofRuns("run").getFirst();
        Path log = folder.resolve("lab-book/small/seed-1-" + id + "/measurements.log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        Launcher.Result report = orrery("report", "small");
        assertThat(report.code()).as(report.err()).isEqualTo(2);
        assertThat(report.message()).contains("left out").contains(id).contains("checksum");
        String page = Files.readString(folder.resolve("lab-book/small/report.html"));
        assertThat(page)
                .as("the question of the run command")
                .contains("What does weight decay change")
                .contains(run.ofRuns("run").getLast())
                .contains("Left out of this page")
                .contains(id);
        assertThat(orrery("list").out().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains(id).contains("damaged"));
        assertThat(orrery("show", id).code()).isEqualTo(2);
    }

    @Test
    void theScriptIsFoundThroughALinkWithoutHomeAndInALocaleWithoutUtf8() throws Exception {
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), Launcher.root().resolve("orrery"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", link + " list --out $'b\\xc3\\xbccher'")
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().remove("HOME");
        builder.environment()
                .putAll(Map.of(
                        "LC_ALL", "C", "ORRERY_SKIP_BUILD", "1", "ORRERY_JAVA_HOME", System.getProperty("java.home")));
        assertThat(builder.start().waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("out"))).contains("b\u00fccher holds no runs");
    }

    @Test
    void whatStandardOutputCannotTakeIsAnError() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full"))).isTrue();
        ProcessBuilder builder = new ProcessBuilder(
                        Launcher.root().resolve("orrery").toString(), "doctor")
                .directory(folder.toFile())
                .redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of("ORRERY_SKIP_BUILD", "1", "ORRERY_JAVA_HOME", System.getProperty("java.home")));
        assertThat(builder.start().waitFor()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("err"))).contains("cannot write to standard output");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            run --set optimizer.learnigRate=1           | did you mean 'learningRate'
            run --set optimizer.learningRate=fast       | expected a number
            run --set optimizer.learningRate=-1         | learningRate
            run --set model.kind=mpl                    | mlp
            run --set model.normalization=frobenius --set model.bias=true | frobenius
            run --set data.batchSize=100000             | batchSize
            run missing.yaml                            | missing.yaml
            run --threads 0                             | --threads
            run --sed 3                                 | --seeds
            run --out /dev/null/book                    | --out
            show 123456                                 | 123456
            resume 123456                               | 123456
            report nowhere                              | nowhere
            rnu                                         | did you mean 'run'?
            lst                                         | did you mean 'list'?
            run --set learningRate=1                    | optimizer.learningRate
            """)
    void wrongInputEndsWithCode2AndOneClearMessage(String command, String expected) throws IOException {
        Launcher.Result result = orrery(command.strip().split(" +"));
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.message())
                .contains(expected)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(result.message().lines().count()).isLessThanOrEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(Files.exists(folder.resolve("lab-book"))).isFalse();
    }

    @Test
    void aDivergingRunIsReportedAndTheOthersGoOn() throws IOException {
        Files.writeString(folder.resolve("diverging.yaml"), """
                name: diverging
                seeds: 1
                data: {source: scribbles, train: 200, test: 50}
                model: {kind: mlp, widths: [32]}
                stop: {epochs: 4}
                grid:
                  optimizer.learningRate: [1e6, 0.01]
                """);
        Launcher.Result run = orrery("run", "diverging.yaml", "--json", "--fail-on-divergence");
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.ofRuns("status")).containsExactly("diverged", "done");
        assertThat(run.ofRuns("message").getFirst()).contains("step").contains("loss");
    }

    @Test
    void helpHasExamplesEverywhere() {
        for (String command : List.of(
                "run", "resume", "claims", "claim", "measure", "list", "show", "compare", "export", "report", "data",
                "doctor")) {
            Launcher.Result help = orrery(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("Example").contains("orrery " + command);
        }
    }
}
