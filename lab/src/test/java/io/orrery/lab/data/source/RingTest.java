package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.TargetKind;
import org.junit.jupiter.api.Test;

class RingTest {
    @Test
    void pointsAreEvenlySpacedOnTheCircle() {
        Dataset data = Ring.defaults().load(1);
        double[] expected = {1, 0, Math.sqrt(0.5), Math.sqrt(0.5), 0, 1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(data.train().inputs().get(i)).isCloseTo(expected[i], within(1e-15));
        }
        assertThat(data.train().count()).isEqualTo(8);
        assertThat(data.test()).isEmpty();
    }

    @Test
    void labelsAreFairBits() {
        Dataset data = new Ring(4000, 4).load(1);
        assertThat(data.target()).isInstanceOf(TargetKind.Bits.class);
        assertThat(data.classes()).isEqualTo(4);
        int[] set = new int[4];
        for (int label : data.train().labels()) {
            assertThat(label).isBetween(0, 15);
            for (int bit = 0; bit < 4; bit++) {
                set[bit] += label >> bit & 1;
            }
        }
        for (int count : set) {
            assertThat(count / 4000.0).isCloseTo(0.5, within(0.04));
        }
    }

    @Test
    void anIntegerHoldsThirtyBits() {
        assertThatThrownBy(() -> new Ring(8, 31).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.bits of source ring must be at most 30, found 31");
    }
}
