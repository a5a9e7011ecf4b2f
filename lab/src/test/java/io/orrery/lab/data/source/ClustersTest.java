package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import org.junit.jupiter.api.Test;

class ClustersTest {
    @Test
    void withoutSpreadEveryExampleIsItsCentre() {
        Dataset data = new Clusters(3, 4, 2, 6, 0).load(9);
        for (int i = 0; i < 12; i++) {
            double norm = 0;
            for (int j = 0; j < 6; j++) {
                double value = data.train().inputs().get(i * 6 + j);
                assertThat(value).isCloseTo(data.train().inputs().get(i % 3 * 6 + j), within(1e-15));
                norm += value * value;
            }
            assertThat(norm).isCloseTo(1, within(1e-14));
            assertThat(data.train().labels()[i]).isEqualTo(i % 3);
        }
        assertThat(data.test().orElseThrow().inputs().get(0))
                .isCloseTo(data.train().inputs().get(0), within(1e-15));
    }

    @Test
    void theSpreadIsTheSizeOfTheNoise() {
        // x = (c + s noise) / norm; E|c + s noise|^2 = 1 + s^2, so the mean of x . c is about 1 / sqrt(1 + s^2).
        Dataset data = new Clusters(4, 500, 0, 400, 1.5).load(2);
        Dataset centres = new Clusters(4, 1, 0, 400, 0).load(2);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            for (int j = 0; j < 400; j++) {
                sum += data.train().inputs().get(i * 400 + j)
                        * centres.train().inputs().get(i % 4 * 400 + j);
            }
        }
        assertThat(sum / 2000).isCloseTo(1 / Math.sqrt(3.25), within(0.01));
    }

    @Test
    void oneClusterIsNoClassification() {
        assertThatThrownBy(() -> new Clusters(1, 4, 2, 6, 0).load(9))
                .isInstanceOf(UserError.class)
                .hasMessage("data.clusters of source clusters must be at least 2, found 1");
    }
}
