package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Threshold;
import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void clopperAndPearsonByHand() {
        // 10 of 10: the lower limit p solves p^10 = 0.025.
        Finding all = share(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, Threshold.atLeast(0.5));

        assertThat(all.interval().low()).isCloseTo(StrictMath.pow(0.025, 0.1), within(1e-12));
        assertThat(all.interval().high()).isEqualTo(1);
        assertThat(all.pValueSupport()).isCloseTo(1 / 1024.0, within(1e-15));
        assertThat(all.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(all.explanation())
                .isEqualTo("the share of seeds in which collapse appears is 1 (95% interval 0.692 to 1, 10 seeds);"
                        + " predicted at least 0.5");
    }

    @Test
    void theIntervalAgreesWithTables() {
        // 3 of 10: 0.0667 to 0.6525 (Clopper and Pearson 1934, chart; standard tables).
        Interval interval = new Sampling.Binomial(3, 10).interval(0.95);

        assertThat(interval.low()).isCloseTo(0.0667, within(5e-5));
        assertThat(interval.high()).isCloseTo(0.6525, within(5e-5));
    }

    @Test
    void neverAndAlways() {
        Finding never = share(new double[5], Threshold.atLeast(0.6));

        assertThat(never.interval().low()).isZero();
        assertThat(never.interval().high()).isCloseTo(1 - StrictMath.pow(0.025, 0.2), within(1e-12));
        assertThat(never.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(share(new double[] {1, 1, 1, 1, 1}, Threshold.atLeast(0.5)).outcome())
                .as("0.025^(1/5) = 0.478 < 0.5")
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void tailsSumToOne() {
        Sampling three = new Sampling.Binomial(3, 10);
        Sampling four = new Sampling.Binomial(4, 10);

        assertThat(three.below(0.37) + four.above(0.37)).isCloseTo(1, within(1e-12));
    }

    private static Finding share(double[] values, Threshold threshold) {
        return Proportion.of("collapse appears", "usual", values, value -> value > 0, threshold);
    }
}
