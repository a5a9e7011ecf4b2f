package io.orrery.lab.judge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MallowsTest {
    @Test
    void ofTwoValuesItIsTheBinomialDistribution() {
        // A trend of 0.5 is the right order in three of four seeds.
        assertThat(new Mallows(2, 10).atLeast(1, 0.5)).isCloseTo(StrictMath.pow(0.75, 10), within(1e-9));
        assertThat(new Mallows(2, 3).atLeast(1 / 3.0, 0.5))
                .isCloseTo(0.75 * 0.75 * 0.75 + 3 * 0.75 * 0.75 * 0.25, within(1e-9));
        assertThat(new Mallows(2, 10).atMost(-1, 0.5)).isCloseTo(StrictMath.pow(0.25, 10), within(1e-12));
    }

    @Test
    void withoutATrendAllOrdersAreAsLikely() {
        // Three things: 1, 2, 2, 1 of six orders with 0, 1, 2, 3 wrong pairs.
        assertThat(new Mallows(3, 1).atLeast(1, 0)).isCloseTo(1 / 6.0, within(1e-9));
        assertThat(new Mallows(3, 1).atLeast(1 / 3.0, 0)).isCloseTo(3 / 6.0, within(1e-9));
        assertThat(new Mallows(3, 2).atLeast(1, 0)).isCloseTo(1 / 36.0, within(1e-9));
        assertThat(new Mallows(4, 2).atLeast(-1, 0)).isCloseTo(1, within(1e-9));
    }

    @Test
    void theLowestTrueTrendHasTheTail() {
        Mallows orders = new Mallows(4, 6);
        double lowest = orders.lowest(0.8, 0.025);

        assertThat(lowest).isBetween(0.0, 0.8);
        assertThat(orders.atLeast(0.8, lowest)).isCloseTo(0.025, within(1e-6));
        assertThat(orders.highest(-0.8, 0.025)).isCloseTo(-lowest, within(1e-12));
        assertThat(orders.atLeast(0.8, 1)).isEqualTo(1);
        assertThat(orders.atLeast(0.8, -1)).isZero();
    }
}
