package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {
    @Test
    void defaultsAreThoseOfTheTheory() {
        Dataset data = GaussianMixture.defaults().load(1);
        assertThat(data.train().count()).isEqualTo(2000);
        assertThat(data.test().orElseThrow().count()).isEqualTo(4000);
        assertThat(data.classes()).isEqualTo(10);
        assertThat(data.train().countsPerClass(10)).containsOnly(200);
        // E x^2 = (s^2 + 1) r^2 / d = 1.25 * 4 / 60 per coordinate.
        double squares = 0;
        for (double value : data.train().inputs().doubles()) {
            squares += value * value;
        }
        assertThat(squares / 120_000).isCloseTo(1.25 * 4 / 60, within(0.005));
    }

    @Test
    void followsItsFormula() {
        Dataset data = new GaussianMixture(5, 0, 2, 3, 0.5, 2).load(6);
        RandomStream random = RandomStream.of(6, "data");
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 3; j++) {
                double mean = random.normal((1L << 41) + i % 2, j);
                double expected = (0.5 * mean + random.normal(i, j)) / Math.sqrt(3) * 2;
                assertThat(data.train().inputs().get(i * 3 + j)).isCloseTo(expected, within(1e-14));
            }
        }
    }

    @Test
    void oneClassIsNoClassification() {
        assertThatThrownBy(() -> new GaussianMixture(5, 0, 1, 3, 0.5, 2).load(6))
                .isInstanceOf(UserError.class)
                .hasMessage("data.components of source gaussian-mixture must be at least 2, found 1");
    }
}
