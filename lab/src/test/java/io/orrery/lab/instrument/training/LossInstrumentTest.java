package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.observe.Observation.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossInstrumentTest {
    @Test
    void everySplitThatExistsIsRead() {
        Sight sight = new Sight(
                7,
                false,
                Specs.plain(),
                TargetKind.Classes.numbered(2),
                0.1,
                Map.of(
                        SplitName.TRAIN, new Evaluation(0.5, 0.6, 0.9, 100),
                        SplitName.TEST, new Evaluation(0.7, 0.8, 0.85, 50)),
                List.of(),
                Optional.empty(),
                Map.of(),
                Sight.NO_GRADIENTS);
        assertThat(Sight.read(new LossInstrument(), sight).bySeries())
                .containsExactly(
                        Map.entry("loss.loss@train", List.of(0.5)),
                        Map.entry("loss.objective@train", List.of(0.6)),
                        Map.entry("loss.accuracy@train", List.of(0.9)),
                        Map.entry("loss.examples@train", List.of(100.0)),
                        Map.entry("loss.loss@test", List.of(0.7)),
                        Map.entry("loss.objective@test", List.of(0.8)),
                        Map.entry("loss.accuracy@test", List.of(0.85)),
                        Map.entry("loss.examples@test", List.of(50.0)));
    }
}
