package io.orrery.lab.instrument.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankInstrumentTest {
    @Test
    void theGoldenDiagonals() {
        Found found = read(diagonal(1, 0.1, 0.01, 1e-4), true);
        assertThat(found.get("rank.rank/layers.0")).containsExactly(3.0);
        assertThat(found.get("rank.stable-rank/layers.0").getFirst()).isCloseTo(1.01010001, within(1e-12));
        assertThat(found.get("rank.singular-values/layers.0")).hasSize(4).startsWith(1.0);
        assertThat(read(diagonal(1, 1, 1, 1, 1.5e-3), true).get("rank.rank/layers.0"))
                .containsExactly(4.0);
    }

    @Test
    void featuresAndTheDecayExponent() {
        Found found = read(diagonal(1, 1), true);
        assertThat(found.get("rank.feature-rank/hidden@train")).containsExactly(2.0);
        assertThat(found.get("rank.feature-stable-rank/hidden@train").getFirst())
                .isCloseTo(1.25, within(1e-12));
        // 2 lambda * 100 steps at 0.1 / (1 - 0.5).
        assertThat(found.get("rank.decay-exponent").getFirst()).isCloseTo(2 * 0.01 * 20, within(1e-12));
    }

    @Test
    void whereDecayActsOnScalesThereIsNoExponent() {
        Matrix one = Sight.matrix(1, 1);
        Sight sight = Sight.of(
                Specs.of(Normalization.FROBENIUS, 0.01, LossSpec.defaults(), 0),
                2,
                List.of(Sight.dense("layers.0", one)),
                new Probe(new int[] {0}, one, List.of(), one, true, 1));
        assertThat(Sight.read(new RankInstrument(), sight).bySeries()).doesNotContainKey("rank.decay-exponent");
    }

    @Test
    void longSpectraAreShownAtSixtyFourPlacesEndsIncluded() {
        double[] values = new double[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = 200 - i;
        }
        Found found = read(diagonal(values), true);
        List<Double> shown = found.get("rank.singular-values/layers.0");
        assertThat(shown).hasSize(64);
        assertThat(shown.getFirst()).isCloseTo(200, within(1e-9));
        assertThat(shown.getLast()).isCloseTo(1, within(1e-6));
        assertThat(found.get("rank.singular-value-count/layers.0")).containsExactly(200.0);
    }

    @Test
    void betweenThoroughLooksALargerLayerHasItsStableRankOnly() {
        Matrix matrix = new Matrix(250, 300, new Random(1).doubles(75_000).toArray());
        Found quick = read(matrix, false);
        Found thorough = read(matrix, true);
        assertThat(quick.bySeries()).doesNotContainKey("rank.rank/layers.0");
        double stable = thorough.get("rank.stable-rank/layers.0").getFirst();
        assertThat(quick.get("rank.stable-rank/layers.0").getFirst()).isCloseTo(stable, within(1e-7 * stable));
    }

    private static Found read(Matrix weights, boolean thorough) {
        Matrix features = Sight.matrix(2, 2, 0, 0, 1);
        Probe probe =
                new Probe(new int[] {0, 1}, features, List.of(new Features("hidden", features)), features, true, 1);
        Sight sight = Sight.of(
                Specs.of(Normalization.NONE, 0.01, LossSpec.defaults(), 0.5),
                2,
                List.of(Sight.dense("layers.0", weights)),
                probe);
        return Sight.read(new RankInstrument(), thorough ? sight : sight.quick());
    }

    private static Matrix diagonal(double... values) {
        Matrix matrix = Matrix.zeros(values.length, values.length);
        for (int i = 0; i < values.length; i++) {
            matrix.values()[i * (values.length + 1)] = values[i];
        }
        return matrix;
    }
}
