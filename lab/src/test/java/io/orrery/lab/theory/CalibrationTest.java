package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.theory.Calibration.Isotonic;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
    @Test
    void softmaxIsThePowersOfItselfMadeToSumToOne() {
        double[] scores = {0, StrictMath.log(3)};
        assertThat(Calibration.softmax(scores, 1)).containsExactly(new double[] {0.25, 0.75}, within(1e-15));
        assertThat(Calibration.softmax(scores, 2)).containsExactly(new double[] {0.1, 0.9}, within(1e-15));
    }

    @Test
    void theErrorIsTheDistanceOfBinsOfEqualCount() {
        double[] said = {0.9, 0.5, 0.7, 0.6};
        boolean[] right = {true, false, true, false};
        // bins {0.5, 0.6}: said 0.55, came 0; {0.7, 0.9}: said 0.8, came 1
        assertThat(Calibration.expectedError(said, right, 2)).isCloseTo((0.55 + 0.2) / 2, within(1e-15));
        assertThat(Calibration.binned(said, right, 2)[1]).containsExactly(0, 1);
        assertThat(Calibration.binned(said, right, 15)[2]).containsExactly(1, 1, 1, 1);
    }

    @Test
    void violatorsArePooledAndTiesToo() {
        Isotonic fitted =
                Isotonic.of(new double[] {1, 2, 3, 4, 5, 5}, new boolean[] {false, true, false, true, true, false});
        // 0 | 1 0 | 1, (1 0 at 5) pooled to 2 of 3
        assertThat(fitted.x()).containsExactly(1, 2, 4);
        assertThat(fitted.level()).containsExactly(new double[] {0, 0.5, 2.0 / 3}, within(1e-15));
        assertThat(fitted.at(-7)).isZero();
        assertThat(fitted.at(3.9)).isEqualTo(0.5);
        assertThat(fitted.at(4)).isCloseTo(2.0 / 3, within(1e-15));
    }

    /** Two classes with scores 0 and u; of n examples at u = 1, k have class 1: beta is the log-odds of k. */
    @Test
    void theInverseTemperatureOfOneScoreIsItsLogOdds() {
        double[][] scores = {{0, 1}, {0, 1}, {0, 1}, {0, 1}};
        assertThat(Calibration.inverseTemperature(scores, new int[] {1, 1, 0, 1}))
                .isCloseTo(StrictMath.log(3), within(1e-9));
        assertThat(Calibration.inverseTemperature(scores, new int[] {0, 0, 0, 1}))
                .as("worse than chance: as flat as can be")
                .isEqualTo(1e-3);
        assertThat(Calibration.inverseTemperature(scores, new int[] {1, 1, 1, 1}))
                .isEqualTo(1e3);
    }

    @Test
    void aPlantedMapIsRecovered() {
        RandomStream random = RandomStream.of(1, "planted");
        int count = 20_000;
        double[][] scores = new double[count][];
        int[] labels = new int[count];
        double[] gaps = new double[count];
        boolean[] right = new boolean[count];
        for (int i = 0; i < count; i++) {
            double gap = 6 * random.uniform(0, i);
            scores[i] = new double[] {0, gap};
            labels[i] = random.uniform(1, i) < 1 / (1 + StrictMath.exp(-0.4 * gap)) ? 1 : 0;
            gaps[i] = gap;
            right[i] = labels[i] == 1;
        }
        assertThat(Calibration.inverseTemperature(scores, labels)).isCloseTo(0.4, within(0.02));
        Isotonic map = Isotonic.of(gaps, right);
        for (double gap : new double[] {1, 3, 5}) {
            assertThat(map.at(gap)).isCloseTo(1 / (1 + StrictMath.exp(-0.4 * gap)), within(0.04));
        }
    }
}
