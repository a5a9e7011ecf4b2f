package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's own classifier: weights as PyTorch saves them, written here byte by byte after the safetensors format, and what
 * {@code measure} must find, worked out by hand.
 *
 * <p>x = (3, 1), (-3, 2), (5, -1), (1, 0). Layer 0 gives (x0 + 1, 2 x1 - 1); batch normalization subtracts its running
 * mean (1, 1), divides by (2, 1), multiplies by (2, 1) and adds (0, 1); after the ReLU: (3, 1), (0, 3), (5, 0), (1, 0).
 * The outputs (h0 - h1, h0 / 2 + h1 + 1/4) are (2, 2.75), (-3, 3.25), (5, 2.75), (1, 0.75).
 */
class MeasureIT {
    private static final String SPEC = """
            precision: double
            data: {source: csv, file: points.csv, testFraction: 0, standardize: none, order: full}
            model: {kind: mlp, widths: [2], bias: true, normalization: batch, weights: mine.safetensors}
            decay: {lambda: 0.1}
            measure: {instruments: [loss, margins, norms]}
            """;
    private static final String POINTS = """
            x0,x1,label
            3,1,1
            -3,2,1
            5,-1,0
            1,0,1
            """;
    /** What batch normalization adds to the variance under the root. */
    private static final double EPSILON = 1e-5;

    @TempDir
    Path folder;

    private record Saved(String name, String type, String shape, double... values) {
        byte[] bytes() {
            ByteBuffer buffer = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : values) {
                switch (type) {
                    case "F32" -> buffer.putFloat((float) value);
                    case "F64" -> buffer.putDouble(value);
                    default -> buffer.putLong((long) value);
                }
            }
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    private final List<Saved> classifier = new ArrayList<>(List.of(
            new Saved("layers.0.weight", "F32", "[2,2]", 1, 0, 0, 2),
            new Saved("layers.0.bias", "F32", "[2]", 1, -1),
            new Saved("layers.0.norm.weight", "F32", "[2]", 2, 1),
            new Saved("layers.0.norm.bias", "F32", "[2]", 0, 1),
            new Saved("layers.0.norm.running_mean", "F32", "[2]", 1, 1),
            new Saved("layers.0.norm.running_var", "F64", "[2]", 4 - EPSILON, 1 - EPSILON),
            new Saved("layers.0.norm.num_batches_tracked", "I64", "[]", 1875),
            new Saved("layers.1.weight", "F32", "[2,2]", 1, -1, 0.5, 1),
            new Saved("layers.1.bias", "F32", "[2]", 0, 0.25)));

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("spec.yaml"), SPEC);
        Files.writeString(folder.resolve("points.csv"), POINTS);
    }

    @Test
    void aClassifierSavedByPyTorchIsMeasuredAsItIs() throws IOException {
        save(classifier);
        Launcher.Result result = new Launcher(folder).run("measure", "spec.yaml", "--json");
        assertThat(result.message()).isEmpty();
        assertThat(result.code()).isZero();
        // (4 + 3.0625, 9 + 5.0625, 16 + 7.5625, 1 + 0.0625) / 4
        assertThat(value(result, "loss", "loss", "", "train")).isCloseTo(11.4375, within(1e-12));
        // plus 0.1 (1 + 4 + 1 + 1 + 0.25 + 1)
        assertThat(value(result, "loss", "objective", "", "train")).isCloseTo(12.2625, within(1e-12));
        assertThat(value(result, "loss", "accuracy", "", "train")).isEqualTo(0.75);
        // 0.75, 6.25, 2.25, -0.25
        assertThat(value(result, "margins", "mean", "", "train")).isCloseTo(2.25, within(1e-12));
        assertThat(value(result, "margins", "minimum", "", "train")).isCloseTo(-0.25, within(1e-12));
        assertThat(value(result, "norms", "frobenius", "layers.0", "")).isCloseTo(Math.sqrt(5), within(1e-12));
        assertThat(folder).isDirectoryNotContaining("glob:lab-book");
    }

    @Test
    void aFileThatLacksAnArrayIsRefusedByName() throws IOException {
        classifier.removeLast();
        save(classifier);
        Launcher.Result result = new Launcher(folder).run("measure", "spec.yaml");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.message()).contains("mine.safetensors has no layers.1.bias [2]");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aRunsWeightsAreExportedAndMeasuredToTheNumbersThatTheRunEndedWith() {
        Launcher launcher = new Launcher(folder);
        String[] spec = {
            "--set",
            "data.train=100",
            "--set",
            "data.test=20",
            "--set",
            "model={kind: mlp, widths: [8], normalization: frobenius}",
            "--set",
            "decay.lambda=5e-5",
            "--set",
            "stop.epochs=2"
        };
        Launcher.Result run = launcher.run(arguments(spec, "run", "--json", "--seeds", "3-3"));
        assertThat(run.code()).as(run.err()).isZero();
        Launcher.Result export =
                launcher.run("export", run.ofRuns("run").getFirst(), "--weights", "trained.safetensors");
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(export.message()).contains("wrote trained.safetensors").contains("step 4");
        Launcher.Result measured = launcher.run(
                arguments(spec, "measure", "--json", "--seeds", "3-3", "--weights", "trained.safetensors"));
        assertThat(measured.code()).as(measured.err()).isZero();
        Json.Fields finals = (Json.Fields) run.runs().getFirst().get("final").orElseThrow();
        // rho times the weights on the sphere was rounded to single precision once more.
        assertThat(value(measured, "loss", "loss", "", "train"))
                .isCloseTo(((Json.Number) finals.get("train.loss").orElseThrow()).asDouble(), within(1e-5));
        assertThat(value(measured, "norms", "rho", "", ""))
                .isCloseTo(((Json.Number) finals.get("norms.rho").orElseThrow()).asDouble(), within(1e-5));
        // Where these weights began is not known, unless a file says so.
        assertThat(measured.out()).doesNotContain("\"distance\"", "bartlett", "decay-exponent", "relaxation");
        Launcher.Result same = launcher.run(withStart(spec, "trained.safetensors"));
        assertThat(same.code()).isEqualTo(2);
        assertThat(same.message()).contains("are the measured ones, number for number");
        // Another seed's weights stand for a start: all that distance needs is a file of other numbers.
        Launcher.Result other = launcher.run(arguments(spec, "run", "--json", "--seeds", "4-4"));
        assertThat(launcher.run("export", other.ofRuns("run").getFirst(), "--weights", "start.safetensors")
                        .code())
                .isZero();
        Launcher.Result both = launcher.run(withStart(spec, "start.safetensors"));
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(value(both, "distance", "relative", "", "")).isPositive();
        Launcher.Result nowhere =
                launcher.run("export", run.ofRuns("run").getFirst(), "--weights", "w", "--step", "99");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.message()).contains("no checkpoint at step 99");
    }

    private static String[] withStart(String[] spec, String start) {
        return arguments(
                spec,
                "measure",
                "--json",
                "--seeds",
                "3-3",
                "--weights",
                "trained.safetensors",
                "--initial",
                start,
                "--set",
                "measure.instruments=[distance]");
    }

    private static String[] arguments(String[] spec, String... others) {
        return Stream.of(others, spec).flatMap(Stream::of).toArray(String[]::new);
    }

    private void save(List<Saved> arrays) throws IOException {
        List<String> entries = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Saved array : arrays) {
            int from = data.size();
            data.writeBytes(array.bytes());
            entries.add("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(array.name, array.type, array.shape, from, data.size()));
        }
        byte[] header = ("{\"__metadata__\":{\"format\":\"pt\"}," + String.join(",", entries) + "}")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        file.writeBytes(header);
        file.writeBytes(data.toByteArray());
        Files.write(folder.resolve("mine.safetensors"), file.toByteArray());
    }

    private static double value(
            Launcher.Result result, String instrument, String quantity, String layer, String split) {
        return result.lines().stream()
                .map(line -> (Json.Fields) Json.parse(line))
                .filter(event -> text(event, "instrument").equals(instrument)
                        && text(event, "quantity").equals(quantity)
                        && text(event, "layer").equals(layer)
                        && text(event, "split").equals(split))
                .map(event -> (Json.Items) event.get("values").orElseThrow())
                .map(values -> ((Json.Number) values.values().getFirst()).asDouble())
                .findFirst()
                .orElseThrow(() -> new AssertionError(instrument + "." + quantity + " is not in " + result.out()));
    }

    private static String text(Json.Fields event, String key) {
        return event.get(key).map(value -> ((Json.Text) value).value()).orElse("");
    }
}
