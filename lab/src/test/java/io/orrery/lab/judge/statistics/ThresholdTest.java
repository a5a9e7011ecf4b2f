package io.orrery.lab.judge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThresholdTest {
    @Test
    void marginsArePositiveWhereItHolds() {
        assertThat(Threshold.atMost(5).margin(3)).isEqualTo(2);
        assertThat(Threshold.atLeast(5).margin(3)).isEqualTo(-2);
        assertThat(Threshold.within(1, 5).margin(4)).isEqualTo(1);
        assertThat(Threshold.within(1, 5).holds(5)).isTrue();
        assertThat(Threshold.within(1, 5).holds(5.1)).isFalse();
        assertThat(Threshold.atMost(5).holds(Double.NaN)).isFalse();
    }

    @Test
    void theNearestLimitStandsForBoth() {
        assertThat(Threshold.within(1, 5).nearest(2)).isEqualTo(1);
        assertThat(Threshold.within(1, 5).nearest(4)).isEqualTo(5);
        assertThat(Threshold.about(-2, 0.5)).isEqualTo(Threshold.within(-3, -1));
    }

    @Test
    void inPlainWords() {
        assertThat(Threshold.atMost(0.5).text()).isEqualTo("at most 0.5");
        assertThat(Threshold.atLeast(1e-7).text()).isEqualTo("at least 1e-7");
        assertThat(Threshold.within(0.99, 1.01).text()).isEqualTo("between 0.99 and 1.01");
        assertThat(Threshold.within(0.9999, 1.0001).text()).isEqualTo("between 0.9999 and 1.0001");
        assertThat(Threshold.within(2, 2).text()).isEqualTo("exactly 2");
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThatThrownBy(() -> Threshold.within(2, 1)).hasMessageContaining("found 2.0 and 1.0");
        assertThatThrownBy(() -> Threshold.atMost(Double.NaN)).hasMessageContaining("found NaN");
    }
}
