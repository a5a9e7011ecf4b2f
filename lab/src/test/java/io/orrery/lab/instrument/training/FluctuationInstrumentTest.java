package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.observe.Observation.Probe;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FluctuationInstrumentTest {
    @Test
    void outputsOfTheFirstExamplesAndWeightsAlongFixedDirections() {
        Found found = read(Sight.matrix(1, 0, 2), Sight.matrix(2, 3, 5, 7, 11));

        assertThat(found.get("fluctuation.outputs@train")).containsExactly(3.0, 5.0, 7.0, 11.0);
        assertThat(found.get("fluctuation.size/layers.0")).containsExactly(2.0);
        List<Double> along = found.get("fluctuation.directions/layers.0");
        RandomStream stream = RandomStream.of(1, "instrument/fluctuation/layers.0");
        assertThat(along).hasSize(8);
        for (int direction = 0; direction < 8; direction++) {
            assertThat(along.get(direction)).isCloseTo(2 * stream.normal(direction, 1), within(1e-14));
        }
    }

    @Test
    void ofManyExamplesSixteenAreKept() {
        double[] outputs = new double[3 * 20];
        Arrays.fill(outputs, 1);

        assertThat(read(Sight.matrix(1, 1), new Matrix(20, 3, outputs)).get("fluctuation.outputs@train"))
                .hasSize(16 * 3);
    }

    /** A displacement of 400 entries of 0.5 has norm 10; the mean square of eight normal numbers errs by half of itself, seldom by all. */
    @Test
    void theMeanSquareAlongDirectionsIsThatOfTheDisplacement() {
        double[] moved = new double[400];
        Arrays.fill(moved, 0.5);
        List<Double> still =
                read(new Matrix(20, 20, new double[400]), Sight.matrix(1, 1)).get("fluctuation.directions/layers.0");
        List<Double> after = read(new Matrix(20, 20, moved), Sight.matrix(1, 1)).get("fluctuation.directions/layers.0");
        double square = 0;
        for (int direction = 0; direction < 8; direction++) {
            square += Math.pow(after.get(direction) - still.get(direction), 2) / 8;
        }

        assertThat(square).isBetween(100 * 0.2, 100 * 2.5);
    }

    private static Found read(Matrix weights, Matrix outputs) {
        Probe probe = new Probe(new int[outputs.rows()], outputs, List.of(), outputs, true, 1);
        return Sight.read(
                new FluctuationInstrument(),
                Sight.of(Specs.plain(), 2, List.of(Sight.dense("layers.0", weights)), probe));
    }
}
