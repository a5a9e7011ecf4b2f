package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exactness contract as a user can check it: the same spec and seed give the same digests, whatever else differs. */
class ExactnessIT {
    @TempDir
    Path folder;

    private static final List<String> SMALL = List.of(
            "--json",
            "--set",
            "data.train=200",
            "--set",
            "data.test=50",
            "--set",
            "stop.epochs=6",
            "--set",
            "data.batchSize=16",
            "--set",
            "optimizer.learningRate=0.01",
            "--set",
            "decay.lambda=5e-5");

    private static final List<String> MLP =
            List.of("--set", "model={kind: mlp, widths: [40, 24], normalization: frobenius, initialRho: 2}");
    private static final List<String> CNN =
            List.of("--set", "model={kind: cnn, channels: [5, 9], bias: true}", "--set", "stop.epochs=2");
    private static final List<String> BATCH = List.of(
            "--set", "model={kind: cnn, channels: [6], normalization: batch, dropout: 0.2}", "--set", "stop.epochs=2");
    private static final List<String> NOISE =
            List.of("--set", "model={kind: mlp, widths: [40, 24]}", "--set", "rule={kind: gradient-noise, eta: 0.001}");
    private static final List<String> FEEDBACK =
            List.of("--set", "model={kind: mlp, widths: [40, 24]}", "--set", "rule={kind: direct-feedback-alignment}");

    private static final List<String> TRANSFORMER = List.of(
            "--set",
            "data.source=copy",
            "--set",
            "data.length=5",
            "--set",
            "data.unitNorm=false",
            "--set",
            "loss.kind=cross-entropy",
            "--set",
            "model={kind: layers, outputLayer: false, bias: true, layers: ["
                    + "{kind: embedding, vocabulary: 9, features: 12}, {kind: transformer-block, heads: 3, units: 20}, {kind: lstm, units: 5},"
                    + " {kind: layer-norm}, {kind: positionwise, units: 8}]}");

    private int books;

    private List<String> digests(List<String> model, List<String> options, String... javaFlags) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--out", folder.resolve("book" + books++).toString()));
        arguments.addAll(SMALL);
        arguments.addAll(model);
        arguments.addAll(options);
        Launcher.Result result = new Launcher(folder, javaFlags).run(arguments.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return result.ofRuns("stateDigest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn", "batch", "noise", "feedback", "transformer"})
    void digestsDoNotDependOnThreadsInstrumentsOrVectorWidth(String name) {
        List<String> model = Map.of(
                        "mlp",
                        MLP,
                        "cnn",
                        CNN,
                        "batch",
                        BATCH,
                        "noise",
                        NOISE,
                        "feedback",
                        FEEDBACK,
                        "transformer",
                        TRANSFORMER)
                .getOrDefault(name, MLP);
        List<String> reference = digests(model, List.of("--seeds", "1-2", "--threads", "1"));
        assertThat(reference).hasSize(2).doesNotHaveDuplicates();
        assertThat(digests(model, List.of("--seeds", "1-2", "--threads", "2"))).isEqualTo(reference);
        assertThat(digests(
                        model,
                        List.of("--seeds", "1-1", "--threads", "2", "--set", "measure.instruments=[loss]"),
                        "-Dorrery.vectorBits=256"))
                .isEqualTo(reference.subList(0, 1));
        assertThat(digests(model, List.of("--seeds", "1-1"), "-Dorrery.vectorBits=0", "-XX:TieredStopAtLevel=1"))
                .isEqualTo(reference.subList(0, 1));
    }

    @Test
    void doublePrecisionIsExactToo() {
        List<String> precise = List.of("--seeds", "1-1", "--set", "precision=double");
        List<String> reference = digests(MLP, precise);
        assertThat(digests(MLP, precise, "-Dorrery.vectorBits=128")).isEqualTo(reference);
        assertThat(digests(MLP, precise, "-Dorrery.vectorBits=0")).isEqualTo(reference);
    }

    @Test
    void aRunKilledAtAnyInstantResumesToTheSameBits() throws Exception {
        List<String> longer =
                List.of("--seeds", "1-1", "--set", "stop.epochs=400", "--set", "measure.checkpointEvery=100");
        List<String> reference = digests(MLP, longer);
        Path book = folder.resolve("killed");
        List<String> arguments = new ArrayList<>(List.of("run", "--out", book.toString()));
        arguments.addAll(SMALL);
        arguments.addAll(MLP);
        arguments.addAll(longer);
        Launcher launcher = new Launcher(folder);
        Process process = launcher.start(arguments.toArray(String[]::new));
        long patience = System.nanoTime() + 600_000_000_000L;
        while (process.isAlive() && checkpoints(book).isEmpty() && System.nanoTime() < patience) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(checkpoints(book)).as("checkpoints before the kill").isNotEmpty();
        Launcher.Result again = launcher.run(arguments.toArray(String[]::new));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.ofRuns("stateDigest")).isEqualTo(reference);
    }

    private static List<Path> checkpoints(Path book) throws IOException {
        if (!Files.isDirectory(book)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(book)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
        } catch (java.io.UncheckedIOException changing) {
            return List.of();
        }
    }

    @Tag("long")
    @Tag("torture")
    @Test
    void twentyStartsOfTheJvmGiveTheSameDigests() {
        for (List<String> model : List.of(MLP, CNN, BATCH)) {
            for (String precision : List.of("single", "double")) {
                List<String> options = List.of("--seeds", "1-1", "--set", "precision=" + precision);
                List<String> reference = digests(model, options);
                for (int start = 1; start < 20; start++) {
                    assertThat(digests(model, options)).isEqualTo(reference);
                }
            }
        }
    }
}
