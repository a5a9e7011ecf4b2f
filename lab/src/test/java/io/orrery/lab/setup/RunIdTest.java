package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids of runs as they were recorded before a spec had a rule: they name the same runs for ever. */
final class RunIdTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, stop: {steps: 10}} | 1 | 0bd2f991e9e3",
                "{name: b, precision: double, optimizer: {kind: adamw, learningRate: 0.002}, stop: {epochs: 3}} | 2 | 8ddc35956bb2",
                "{name: c, model: {kind: mlp, widths: [64, 64], normalization: frobenius}, stop: {steps: 100, loss: 0.01}} | 3 | db3624bdcb10",
                "{name: d, data: {source: two-cluster, batchSize: 16}, loss: {kind: cross-entropy}, stop: {steps: 5}} | 4 | 13a4b995763c"
            })
    void isTheOneOfTheRecord(String spec, long seed, String id) {
        assertThat(RunId.of(SpecText.read(spec, "test"), seed, Map.of("data.images", "00ff")))
                .isEqualTo(id);
    }
}
