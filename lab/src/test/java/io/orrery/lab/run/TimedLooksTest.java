package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedLooksTest {
    @Test
    void instrumentsThatObserveAtTheSameTimeMeasureWhatTheyMeasureOneByOne() {
        List<Measurement> alone = measured(Workers.single());
        assertThat(alone.stream().map(Measurement::instrument).distinct())
                .contains("loss", "neural-collapse", "rank", "duality", "bounds");
        try (Workers three = Workers.of(3)) {
            for (int round = 0; round < 5; round++) {
                assertThat(measured(three)).isEqualTo(alone);
            }
        }
    }

    private static List<Measurement> measured(Workers workers) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(12, 8));
        return new Trainer(
                        spec.build(),
                        1,
                        TestSpec.clusters(3, 60, Shape.of(10), 0.3, 1),
                        Instruments.named(List.of("all")),
                        workers)
                .measure();
    }
}
