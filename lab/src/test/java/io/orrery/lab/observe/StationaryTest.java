package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.TestRecorder;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A linear network under decay and full batches (core theory, prediction P12b, made smaller): at its stationary point updates
 * vanish, weights are dual to activations and errors, layers are balanced. The same with mini-batches is never still.
 */
class StationaryTest {
    private static final String NETWORK = """
            precision: double
            data: {source: two-cluster, train: 16, test: 0, dimensions: 8, %s}
            model: {kind: mlp, widths: [6, 6], activation: linear, initialization: lecun}
            loss: {targets: single}
            optimizer: {learningRate: 0.05, momentum: 0}
            decay: {lambda: 0.05}
            stop: {steps: 6000}
            measure: {instruments: [duality, update, balance], perDecade: 1, thorough: all}
            """;

    @Test
    void fullBatchesComeToRest() {
        Map<String, Double> end = end("order: full");
        assertThat(end.get("update.norm")).isLessThan(1e-8);
        for (String layer : List.of("layers.0", "layers.1", "layers.2")) {
            assertThat(end.get("duality.residual/" + layer)).as(layer).isLessThan(1e-6);
            assertThat(end.get("duality.outside-inputs/" + layer)).as(layer).isLessThan(1e-6);
        }
        for (String layer : List.of("layers.0", "layers.1")) {
            assertThat(Math.abs(end.getOrDefault("balance.difference/" + layer, 1.0)))
                    .isLessThan(1e-8);
            assertThat(end.get("balance.matrices/" + layer)).isLessThan(1e-8);
        }
    }

    @Test
    void miniBatchesDoNot() {
        assertThat(end("batchSize: 4").get("update.norm")).isGreaterThan(0.01);
    }

    private static Map<String, Double> end(String order) {
        Spec spec = SpecDocument.of(NETWORK.formatted(order), "x.yaml").spec();
        Trainer trainer = new Trainer(
                spec, 1, spec.data().load(1), Instruments.named(spec.measure().instruments()), Workers.single());
        TestRecorder recorder = new TestRecorder();
        trainer.run(recorder, RunMonitor.NONE);
        return recorder.measurements.stream()
                .filter(measurement -> measurement.step() == trainer.totalSteps())
                .collect(Collectors.toMap(Measurement::series, Measurement::value));
    }
}
