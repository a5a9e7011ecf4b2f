package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.observe.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistanceInstrumentTest {
    @Test
    void distancesPerLayerAndInTotal() {
        Sight sight = new Sight(
                1,
                false,
                Specs.plain(),
                TargetKind.Classes.numbered(2),
                0.1,
                Map.of(),
                List.of(Sight.dense("layers.0", Sight.matrix(1, 0, 2)), Sight.dense("layers.1", Sight.matrix(1, 3, 0))),
                Optional.of(new Observation.Start(
                        List.of(
                                Sight.dense("layers.0", Sight.matrix(1, 2, 0)),
                                Sight.dense("layers.1", Sight.matrix(1, 1, 0))),
                        2)),
                Map.of(),
                Sight.NO_GRADIENTS);
        Found found = Sight.read(new DistanceInstrument(), sight);
        near(found, "relative/layers.0", Math.sqrt(2));
        near(found, "cosine/layers.0", 0);
        near(found, "relative/layers.1", 2);
        near(found, "cosine/layers.1", 1);
        near(found, "relative", Math.sqrt((8 + 4) / 5.0));
        near(found, "cosine", 3 / Math.sqrt(5 * 13));
    }

    private static void near(Found found, String series, double expected) {
        assertThat(found.get("distance." + series).getFirst()).as(series).isCloseTo(expected, within(1e-14));
    }
}
