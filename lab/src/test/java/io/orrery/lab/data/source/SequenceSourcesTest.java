package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import org.junit.jupiter.api.Test;

class SequenceSourcesTest {
    @Test
    void copyAsksForTheFirstHalfAtTheBlanks() {
        Dataset data = new Copy(300, 20, 3, 5).load(2);
        assertThat(data.exampleShape().count()).isEqualTo(6);
        assertThat(data.target()).isEqualTo(new TargetKind.Tokens(6, 5));
        int[] seen = new int[5];
        for (int i = 0; i < 300; i++) {
            for (int p = 0; p < 3; p++) {
                int token = (int) data.train().inputs().get(6 * i + p);
                seen[token]++;
                assertThat(target(data.train(), 6 * i + p)).isEqualTo(-1);
                assertThat(data.train().inputs().get(6 * i + 3 + p)).isEqualTo(5);
                assertThat(target(data.train(), 6 * i + 3 + p)).isEqualTo(token);
            }
        }
        // 180 of each, standard deviation 12.
        for (int count : seen) {
            assertThat(count).isBetween(120, 240);
        }
        assertThat(data.test().orElseThrow().count()).isEqualTo(20);
    }

    @Test
    void majorityAsksForTheMoreFrequentBitAtTheEnd() {
        Dataset data = new Majority(200, 0, 5).load(2);
        for (int i = 0; i < 200; i++) {
            int ones = 0;
            for (int p = 0; p < 5; p++) {
                double bit = data.train().inputs().get(6 * i + p);
                assertThat(bit).isIn(0.0, 1.0);
                ones += (int) bit;
                assertThat(target(data.train(), 6 * i + p)).isEqualTo(-1);
            }
            assertThat(data.train().inputs().get(6 * i + 5)).isEqualTo(2);
            assertThat(target(data.train(), 6 * i + 5)).isEqualTo(ones >= 3 ? 1 : 0);
        }
        assertThat(data.test()).isEmpty();
    }

    @Test
    void impossibleSettingsAreRefused() {
        refused(new Majority(1, 0, 4), "data.length of source majority must be odd");
        refused(new Copy(1, 0, 0, 2), "data.length");
        refused(new Copy(1, 0, 1, 1), "data.vocabulary");
    }

    private static void refused(DataSource source, String message) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private static int target(Split split, int place) {
        return ((Targets.Whole) split.targets()).values()[place];
    }
}
