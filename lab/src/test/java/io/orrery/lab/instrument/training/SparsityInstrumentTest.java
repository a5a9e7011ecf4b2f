package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A layer of four weights, two of them 0 (one of them -0), and one of two weights, one tiny: tiny is not nothing. */
final class SparsityInstrumentTest {
    @Test
    void zerosAreExactAndLayersCountByTheirWeights() {
        Matrix outputs = new Matrix(1, 2, new double[] {1, 0.5});
        Found found = Sight.read(
                new SparsityInstrument(),
                Sight.of(
                        Specs.plain(),
                        2,
                        List.of(layer("layers.0", 2, 2, 0, -0.0, 3, -1), layer("layers.1", 1, 2, 1e-300, 2)),
                        new Probe(new int[] {0}, outputs, List.of(), outputs, true, 1)));

        assertThat(found.get("sparsity.zeros/layers.0").getFirst()).isEqualTo(0.5);
        assertThat(found.get("sparsity.zeros/layers.1").getFirst()).isEqualTo(0);
        assertThat(found.get("sparsity.zeros").getFirst()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(found.get("sparsity.mean-absolute/layers.0").getFirst()).isEqualTo(1);
        assertThat(found.get("sparsity.mean-absolute/layers.1").getFirst()).isEqualTo(1);
        assertThat(found.get("sparsity.mean-absolute").getFirst()).isEqualTo(1);
    }

    private static LayerWeights layer(String name, int rows, int columns, double... weights) {
        return new LayerWeights(
                name,
                new Matrix(rows, columns, weights),
                WeightLayer.Kind.DENSE,
                1,
                1,
                new double[0],
                Optional.empty());
    }
}
