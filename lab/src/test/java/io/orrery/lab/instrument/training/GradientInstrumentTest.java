package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.observe.Observation.Gradients;
import io.orrery.lab.observe.Observation.LayerGradient;
import io.orrery.lab.observe.Observation.Probe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientInstrumentTest {
    @Test
    void normsAndVarianceAreHandedOn() {
        Matrix one = Sight.matrix(1, 1);
        Sight sight = Sight.of(Specs.plain(), 2, List.of(), new Probe(new int[] {0}, one, List.of(), one, true, 1))
                .gradients(
                        new Gradients(7, 0.5, 20, List.of(new LayerGradient("layers.0", Sight.matrix(1, 3, 4), 0.01))));
        assertThat(Sight.read(new GradientInstrument(), sight).bySeries())
                .containsExactly(
                        Map.entry("gradient.norm", List.of(7.0)),
                        Map.entry("gradient.batch-variance", List.of(0.5)),
                        Map.entry("gradient.batches", List.of(20.0)),
                        Map.entry("gradient.data-norm/layers.0", List.of(5.0)));
    }
}
