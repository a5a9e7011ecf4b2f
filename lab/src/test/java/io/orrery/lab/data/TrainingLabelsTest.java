package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.source.Ring;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TrainingLabelsTest {
    @Test
    void labelNoiseComesAfterImbalance() {
        Dataset raw = SmallDatasets.counting(3000, 3);
        Dataset data = DataSpecBuilder.plain()
                .imbalance(1000, 100, 100)
                .labelNoise(0.3)
                .build()
                .transform(raw, 1);
        int[] kept = new int[3];
        int changed = 0;
        for (int i = 0; i < data.train().count(); i++) {
            int label = (int) data.train().inputs().get(i) % 3;
            kept[label]++;
            changed += data.train().labels()[i] != label ? 1 : 0;
        }
        assertThat(kept).containsExactly(1000, 100, 100);
        // 360 are redrawn, a third of them to what they were: 240 with a standard deviation of 9.
        assertThat(changed).isBetween(200, 280);
    }

    @Test
    void labelNoiseReplacesAFractionOfTrainingLabels() {
        Dataset raw = SmallDatasets.counting(10_000, 10);
        Dataset data = DataSpecBuilder.plain().labelNoise(0.4).build().transform(raw, 1);
        int changed = 0;
        for (int i = 0; i < 10_000; i++) {
            changed += data.train().labels()[i] != raw.train().labels()[i] ? 1 : 0;
        }
        // 4,000 are redrawn, a tenth of them to what they were: 3,600 with a standard deviation of 19.
        assertThat(changed).isBetween(3500, 3700);
        assertThat(data.test().orElseThrow().labels())
                .isEqualTo(raw.test().orElseThrow().labels());
        assertThat(data.train().inputs()).isSameAs(raw.train().inputs());
        assertThat(raw.train().labels()[11]).isEqualTo(1);
    }

    @Test
    void allNoiseLeavesChanceAgreementAndTinyNoiseNone() {
        Dataset raw = SmallDatasets.counting(10_000, 10);
        Dataset noise = DataSpecBuilder.plain().labelNoise(1).build().transform(raw, 1);
        Dataset random = DataSpecBuilder.plain().randomLabels().build().transform(raw, 1);
        assertThat(agreement(raw, noise)).isCloseTo(0.1, within(0.015));
        assertThat(agreement(raw, random)).isCloseTo(0.1, within(0.015));
        assertThat(agreement(
                        raw, DataSpecBuilder.plain().labelNoise(1e-5).build().transform(raw, 1)))
                .isEqualTo(1);
    }

    @Test
    void noiseDoesNotReachValidation() {
        Dataset raw = SmallDatasets.counting(1000, 10);
        Dataset data =
                DataSpecBuilder.plain().validation(100).labelNoise(1).build().transform(raw, 1);
        Split validation = data.validation().orElseThrow();
        for (int i = 0; i < 100; i++) {
            assertThat(validation.labels()[i])
                    .isEqualTo((int) validation.inputs().get(i) % 10);
        }
    }

    @Test
    void bitsCanBeHeldOutAndMadeRandom() {
        Dataset data = DataSpecBuilder.of(new Ring(64, 3))
                .validation(10)
                .randomLabels()
                .build()
                .load(1);
        assertThat(data.train().count()).isEqualTo(54);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(10);
        assertThat(Arrays.stream(data.train().labels()).max().orElseThrow()).isEqualTo(7);
    }

    private static double agreement(Dataset one, Dataset other) {
        int same = 0;
        for (int i = 0; i < one.train().count(); i++) {
            same += one.train().labels()[i] == other.train().labels()[i] ? 1 : 0;
        }
        return (double) same / one.train().count();
    }
}
