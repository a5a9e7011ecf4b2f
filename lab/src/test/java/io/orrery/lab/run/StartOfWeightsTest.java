package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured from the initial weights, where weights come from a file. */
class StartOfWeightsTest {
    private static final String SPEC = """
            precision: double
            data: {source: gaussian-mixture, train: 40, test: 20, batchSize: 8}
            model: {kind: mlp, widths: [6], normalization: %s, initialRho: 2}
            decay: {lambda: 0.01}
            optimizer: {learningRate: 0.05}
            stop: {steps: 30}
            measure: {instruments: [distance, bounds, norms, rank]}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"none", "frobenius"})
    void withTheInitialWeightsAllIsAsInTheTrainingRun(String normalization) {
        SpecDocument document = SpecDocument.of(SPEC.formatted(normalization), "x.yaml");
        Trainer trainer = trainer(document.spec());
        Path start = folder.resolve("start.safetensors");
        Path end = folder.resolve("end.safetensors");
        PyTorchWeights.plain(trainer.network(), trainer.state()).write(start);
        for (int step = 0; step < 30; step++) {
            trainer.advance();
        }
        PyTorchWeights.plain(trainer.network(), trainer.state()).write(end);
        Map<String, Double> trained = values(trainer.measure());
        assertThat(trained.get("distance.relative")).isGreaterThan(0.01);

        SpecDocument elsewhere = document.with("model.weights=" + end);
        Map<String, Double> alone = values(trainer(elsewhere.spec()).measure());
        Map<String, Double> both = values(
                trainer(elsewhere.with("model.initialWeights=" + start).spec()).measure());
        // How long the weights were trained is in no file.
        trained.keySet().removeIf(series -> series.contains("decay-exponent") || series.contains("relaxation"));
        assertThat(both.keySet()).isEqualTo(trained.keySet());
        trained.forEach((series, value) ->
                assertThat(both.get(series)).as(series).isCloseTo(value, within(1e-9 * (1 + Math.abs(value)))));
        assertThat(trained.keySet().stream().filter(series -> !alone.containsKey(series)))
                .isNotEmpty()
                .allMatch(series -> series.matches("distance\\..*|bounds\\.(bartlett|ledent|graf).*"));
        assertThat(alone.keySet())
                .noneMatch(series -> series.matches("distance\\..*|bounds\\.(bartlett|ledent|graf).*"));
    }

    @Test
    void initialWeightsWithoutWeightsAreRefused() {
        SpecDocument document = SpecDocument.of(SPEC.formatted("none"), "x.yaml");
        assertThatThrownBy(() -> document.with("model.initialWeights=w").study(Instruments.names()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("says where the weights of model.weights came from");
    }

    /** A copy of the file under another name holds the same numbers. */
    @Test
    void theMeasuredWeightsAreNotTheirOwnStart() throws IOException {
        SpecDocument document = SpecDocument.of(SPEC.formatted("none"), "x.yaml");
        Trainer trainer = trainer(document.spec());
        Path end = folder.resolve("end.safetensors");
        PyTorchWeights.plain(trainer.network(), trainer.state()).write(end);
        Path copy = Files.copy(end, folder.resolve("copy.safetensors"));
        Trainer same = trainer(document.with("model.weights=" + end)
                .with("model.initialWeights=" + copy)
                .spec());
        assertThatThrownBy(same::measure)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the initial weights given, " + copy + ", are the measured ones");
    }

    private static Trainer trainer(Spec spec) {
        return new Trainer(
                spec, 1, spec.data().load(1), Instruments.named(spec.measure().instruments()), Workers.single());
    }

    private static Map<String, Double> values(List<Measurement> measurements) {
        return measurements.stream()
                .filter(measurement -> measurement.values().size() == 1)
                .collect(Collectors.toMap(Measurement::series, Measurement::value));
    }
}
