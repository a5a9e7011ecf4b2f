package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double[] BATCH = {2, 4, 8, 32};

    @Test
    void kendallsTauByHand() {
        // 1 3 2 4: five of six pairs in order: (5 - 1) / 6 = 2/3 in every seed.
        Finding found = trend(new double[] {1, 3, 2, 4})
                .monotone("the rank grows", Direction.INCREASING, Threshold.atLeast(0.2));

        assertThat(found.effect()).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.kind()).isEqualTo(Kind.TREND);
        assertThat(found.explanation())
                .startsWith("the rank trend of the rank with batch size is 0.667 (1 is always increasing, 0 no order)"
                        + " (95% interval 0.2")
                .endsWith("6 seeds); predicted at least 0.2");
    }

    @Test
    void valuesWithinTheToleranceAreTies() {
        // Ranks of P16: 49.5 and 49.0 tie with a tolerance of 1; the five other pairs are in order.
        Trend trend = trend(new double[] {18.8, 30.3, 49.5, 49.0});

        assertThat(trend.monotone("", Direction.INCREASING, 1, Threshold.atLeast(0.9))
                        .effect())
                .isEqualTo(1);
        assertThat(trend.monotone("", Direction.INCREASING, Threshold.atLeast(0.9))
                        .effect())
                .isCloseTo(2 / 3.0, within(1e-15));
        assertThat(trend.monotone("", Direction.DECREASING, 1, Threshold.atLeast(0.9))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aFlatQuantityHasNoTrend() {
        Trend flat = trend(new double[] {5, 5.2, 5.1, 5});

        assertThat(flat.monotone("", Direction.INCREASING, 1, Threshold.atLeast(0.5))
                        .effect())
                .isZero();
    }

    @Test
    void whereEveryStepIsSeenTheSmallestIsShownNotTheLeastCertain() {
        // A step of 2 in every seed, then one of 20 to 60: the second is the less certain, the first the smaller.
        Trend trend = Trend.of("it", "depth", new double[] {0, 1, 2}, new double[][] {
            {0, 0, 0, 0, 0, 0}, {2, 2.01, 2, 1.99, 2, 2}, {22, 62, 32, 52, 42, 42}
        });

        Finding shown = trend.ordered("", Direction.INCREASING, Average.ARITHMETIC, Threshold.atLeast(1));

        assertThat(shown.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(shown.effect()).isCloseTo(2, within(1e-9));
    }

    @Test
    void theDriverMayComeInAnyOrder() {
        double[][] values = columns(new double[] {4, 1, 3, 2});
        Trend trend = Trend.of("it", "rate", new double[] {40, 10, 30, 20}, values);

        assertThat(trend.monotone("", Direction.INCREASING, Threshold.atLeast(0.9))
                        .effect())
                .isEqualTo(1);
        assertThat(trend.ordered("", Direction.INCREASING, 0).effect()).isEqualTo(1);
    }

    @Test
    void theWeakestStepDecidesTheOrder() {
        Trend trend = trend(new double[] {18.8, 30.3, 49.5, 49.0});

        Finding strict = trend.ordered("the rank grows", Direction.INCREASING, 0);
        assertThat(strict.effect()).isEqualTo(-0.5);
        assertThat(strict.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(strict.explanation())
                .startsWith("the rank at batch size 32 less the rank at batch size 8 is -0.5 (95% interval -0.9")
                .endsWith("the same in all of 6 seeds); predicted at least 0");
        assertThat(trend.ordered("", Direction.INCREASING, 1).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(trend.ordered("", Direction.DECREASING, 1).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void stepsMayBeFactors() {
        Trend halving = trend(new double[] {8, 4, 2, 1});

        Finding found = halving.ordered("", Direction.DECREASING, Average.GEOMETRIC, Threshold.atLeast(1.5));
        assertThat(found.effect()).isCloseTo(2, within(1e-12));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void slopeIsLeastSquares() {
        // y = 0, 1, 5 at x = 0, 1, 2: slope (0 * -1 + 5 * 1) / 2 = 2.5.
        Finding found = Trend.of("loss", "time", new double[] {0, 1, 2}, columns(new double[] {0, 1, 5}))
                .slope("it rises", Threshold.atLeast(2));

        assertThat(found.effect()).isEqualTo(2.5);
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void powerLawRecoversItsExponent() {
        double[] decay = {1e-4, 3e-4, 1e-3, 3e-3};
        double[][] values = new double[4][6];
        for (int i = 0; i < 4; i++) {
            for (int seed = 0; seed < 6; seed++) {
                values[i][seed] = (seed + 1) * StrictMath.pow(decay[i], 1.7 + 0.01 * seed);
            }
        }
        // Exponents 1.70..1.75: mean 1.725, deviation 0.018708, standard error 0.0076376, t(0.975, 5) = 2.5706.
        Finding found =
                Trend.of("v1", "decay", decay, values).powerLaw("quadratic or nearly so", Threshold.within(1.4, 2.2));

        assertThat(found.effect()).isCloseTo(1.725, within(1e-9));
        assertThat(found.interval().high() - found.effect()).isCloseTo(0.019633, within(1e-5));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.explanation()).startsWith("the exponent of v1 as a power of decay is 1.7");
    }

    @Test
    void aPowerLawNeedsPositiveValues() {
        double[][] values = columns(new double[] {1, 2, 3, 4});
        values[0][2] = 0;
        Finding found = Trend.of("v1", "decay", BATCH, values).powerLaw("", Threshold.within(1, 2));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation()).endsWith("ratios and logarithms need positive values, found 0");
        assertThatThrownBy(() -> Trend.of("v1", "decay", new double[] {0, 1, 2, 3}, values)
                        .powerLaw("", Threshold.within(1, 2)))
                .hasMessageContaining("the driver of a power law must be positive");
    }

    @Test
    void aSeedThatLacksOneValueIsMissing() {
        double[][] values = columns(new double[] {1, 2, 3, 4});
        values[2][4] = Double.NaN;
        values[0][1] = Double.NaN;
        Finding found =
                Trend.of("it", "rate", BATCH, values).monotone("", Direction.INCREASING, Threshold.atLeast(0.5));

        assertThat(found.samples()).isEqualTo(4);
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void permutingTheDriverDestroysTheTrend() {
        double[][] values = new double[4][10];
        for (int i = 0; i < 4; i++) {
            for (int seed = 0; seed < 10; seed++) {
                values[i][seed] = 10 * i + seed;
            }
        }
        Trend trend = Trend.of("it", "rate", BATCH, values);
        Trend permuted = trend.permuted(1);

        assertThat(trend.monotone("", Direction.INCREASING, Threshold.atLeast(0.5))
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(permuted.monotone("", Direction.INCREASING, Threshold.atLeast(0.5))
                        .outcome())
                .isNotEqualTo(Outcome.SUPPORTED);
        assertThat(permuted.ordered("", Direction.INCREASING, 0).outcome()).isNotEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void malformedTrendsAreRefused() {
        assertThatThrownBy(() -> Trend.of("it", "rate", new double[] {1}, new double[1][5]))
                .hasMessageContaining("found 1 and 1");
        assertThatThrownBy(() -> Trend.of("it", "rate", new double[] {1, 1}, new double[2][5])
                        .monotone("", Direction.INCREASING, Threshold.atLeast(0)))
                .hasMessage("the driver's values must all be different numbers");
    }

    private static Trend trend(double[] column) {
        return Trend.of("the rank", "batch size", BATCH, columns(column));
    }

    /** The same column for five seeds. */
    private static double[][] columns(double[] column) {
        double[][] values = new double[column.length][6];
        for (int i = 0; i < column.length; i++) {
            java.util.Arrays.fill(values[i], column[i]);
        }
        return values;
    }
}
