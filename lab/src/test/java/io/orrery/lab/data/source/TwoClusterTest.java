package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import org.junit.jupiter.api.Test;

class TwoClusterTest {
    @Test
    void followsItsFormula() {
        Dataset data = new TwoCluster(6, 0, 5, 1.5).load(11);
        RandomStream random = RandomStream.of(11, "data");
        for (int i = 0; i < 6; i++) {
            int y = i % 2 == 0 ? 1 : -1;
            double[] x = new double[5];
            double norm = 0;
            for (int j = 0; j < 5; j++) {
                x[j] = random.normal(i, j) / Math.sqrt(5) + (j == 0 ? y * 0.75 : 0);
                norm += x[j] * x[j];
            }
            for (int j = 0; j < 5; j++) {
                assertThat(data.train().inputs().get(i * 5 + j)).isCloseTo(x[j] / Math.sqrt(norm), within(1e-15));
            }
            assertThat(data.train().labels()[i]).isEqualTo(y == 1 ? 1 : 0);
        }
    }

    @Test
    void theFirstCoordinateTellsTheClasses() {
        Dataset data = new TwoCluster(2000, 0, 20, 1.5).load(1);
        double[] sums = new double[2];
        for (int i = 0; i < 2000; i++) {
            sums[data.train().labels()[i]] += data.train().inputs().get(i * 20);
        }
        // Before normalizing, |x|^2 is about 1 + 0.75^2 = 1.5625, so the first coordinate is about 0.75 / 1.25 = 0.6.
        assertThat(sums[1] / 1000).isCloseTo(0.6, within(0.03));
        assertThat(sums[0] / 1000).isCloseTo(-0.6, within(0.03));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new TwoCluster(4, 0, 3, Double.NaN).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.separation of source two-cluster must be at least 0, found NaN");
        assertThatThrownBy(() -> new TwoCluster(4, 0, 0, 1).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.dimensions of source two-cluster must be at least 1, found 0");
    }
}
