package io.orrery.lab.recomputed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.TestRecorder;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings are shared by the instruments of a look: that changes no bit of what each would measure by itself. */
final class MergedReadingsTest {
    /** Looks that both runs take: the first and the last, which take everything whatever it costs. */
    @ParameterizedTest
    @ValueSource(strings = {"sphere", "on a sample", "more examples", "residual"})
    void instrumentsMeasureTheSameBitsAloneAndTogether(String name) {
        SmallRuns.SmallRun run = SmallRuns.all().stream()
                .filter(each -> each.name().contains(name))
                .findFirst()
                .orElseThrow();
        List<Measurement> together = measured(run, Instruments.all());
        for (Instrument instrument : Instruments.all()) {
            assertThat(measured(run, List.of(instrument)))
                    .as(instrument.name())
                    .isEqualTo(together.stream()
                            .filter(each -> each.instrument().equals(instrument.name()))
                            .toList());
        }
    }

    private static List<Measurement> measured(SmallRuns.SmallRun run, List<Instrument> instruments) {
        Spec spec = run.spec().build();
        Trainer trainer = new Trainer(spec, SmallRuns.SEED, run.data(), instruments, Workers.single());
        TestRecorder recorder = new TestRecorder();
        trainer.run(recorder, RunMonitor.NONE);
        return recorder.measurements.stream()
                .filter(each -> each.step() == 0 || each.step() == trainer.step())
                .toList();
    }
}
