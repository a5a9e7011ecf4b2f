package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** All plans of a run go by way of its device, and every device gives the same bits. */
final class DeviceTest {
    private static final Dataset DATA = TestSpec.clusters(3, 29, Shape.of(6), 0.3, 5);

    @Test
    void updatesAndReadingsGoByWayOfTheDevice() {
        CountingDevice device = new CountingDevice();
        RunEnd counted = trainer(device).run(new TestRecorder(), RunMonitor.NONE);
        RunEnd usual = new Trainer(spec().build(), 1, DATA, Instruments.all(), Workers.single(), Rewrites.ALL)
                .run(new TestRecorder(), RunMonitor.NONE);

        assertThat(counted.stateDigest()).isEqualTo(usual.stateDigest());
        assertThat(device.writingRuns()).isEqualTo(20);
        // Twenty steps, and at each of twenty-one looks more than one plan.
        assertThat(device.runs()).isGreaterThan(20 + 2 * 21);
    }

    /** 29 examples of each of three classes in batches of 10: eight whole batches and a rest. */
    @Test
    void withoutInstrumentsThereAreTheStepsAlone() {
        CountingDevice device = new CountingDevice();
        new Trainer(spec().build(), 1, DATA, List.of(), device, Workers.single(), Rewrites.ALL)
                .run(new TestRecorder(), RunMonitor.NONE);

        assertThat(device.bound()).isEqualTo(DATA.train().count() % 10 == 0 ? 1 : 2);
        assertThat(device.runs()).isEqualTo(20);
    }

    private static Trainer trainer(CountingDevice device) {
        return new Trainer(spec().build(), 1, DATA, Instruments.all(), device, Workers.single(), Rewrites.ALL);
    }

    private static TestSpec spec() {
        TestSpec spec = new TestSpec();
        spec.steps = OptionalLong.of(20);
        spec.batchSize = 10;
        return spec;
    }
}
