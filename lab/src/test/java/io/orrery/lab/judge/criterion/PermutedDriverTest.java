package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.PermutationDistribution;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutedDriverTest {
    private static final double[] DRIVER = {1, 2, 3};

    /** Two seeds, three values: gammas 1, 1/3, 1/3, -1/3, -1/3, -1 in each; means by hand over the 36 pairs. */
    @Test
    void theDistributionIsThatOfAllPermutations() {
        double[] gammas = {1, 1 / 3.0, 1 / 3.0, -1 / 3.0, -1 / 3.0, -1};
        PermutationDistribution all =
                PermutationDistribution.ofMean(List.of(gammas, gammas)).orElseThrow();

        assertThat(all.isExact()).isTrue();
        assertThat(all.mean()).isZero();
        assertThat(all.atLeast(1)).isCloseTo(1 / 36.0, within(1e-12));
        assertThat(all.atLeast(2 / 3.0)).isCloseTo(5 / 36.0, within(1e-12));
        assertThat(all.atMost(-2 / 3.0)).isCloseTo(5 / 36.0, within(1e-12));
        assertThat(all.atMost(1)).isCloseTo(1, within(1e-12));
    }

    /** Five seeds: the permuted mean reaches 0.5 in as many of 6^5 cases as brute force counts. */
    @Test
    void aPermutedTrendIsExcludedByItsExactChance() {
        double[][] values = {
            {1, 2, 3, 4, 5}, {2, 3, 4, 5, 6}, {9, 9, 9, 9, 9},
        };
        double[] gammas = {1, 1 / 3.0, 1 / 3.0, -1 / 3.0, -1 / 3.0, -1};
        int reached = 0;
        for (int code = 0; code < 7776; code++) {
            double sum = 0;
            for (int rest = code, seed = 0; seed < 5; seed++, rest /= 6) {
                sum += gammas[rest % 6];
            }
            reached += sum / 5 >= 0.5 - 1e-9 ? 1 : 0;
        }
        Finding found = Trend.of("it", "driver", DRIVER, values)
                .permutedDriver()
                .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0.5));

        assertThat(found.effect()).isZero();
        assertThat(found.pValueAgainst()).isCloseTo(reached / 7776.0, within(1e-9));
        assertThat(found.explanation())
                .startsWith("with the driver's labels permuted the rank trend of it with driver is 0")
                .contains("of permutations", "of all permutations of the driver's labels reach that");
        assertThat(found.outcome()).isEqualTo(reached / 7776.0 <= 0.025 ? Outcome.REFUTED : Outcome.INCONCLUSIVE);
    }

    @Test
    void twoValuesInFiveSeedsCannotBeExcludedAndTheNumberThatCanIsKnown() {
        double[][] values = {{1, 2, 3, 4, 5}, {2, 3, 4, 5, 6}};
        Finding found = Trend.of("it", "driver", new double[] {1, 2}, values)
                .permutedDriver()
                .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0.5));

        // Four or five of five coins.
        assertThat(found.pValueAgainst()).isCloseTo(6 / 32.0, within(1e-12));
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        // 12 or more of 15: (1 + 15 + 105 + 455) / 2^15 = 1.76%; 11 or more of 14 is 2.87%.
        assertThat(PermutedDriver.seedsNeeded(2, Threshold.atLeast(0.5))).isEqualTo(15);
        assertThatThrownBy(() -> PermutedDriver.seedsNeeded(2, Threshold.atLeast(0)))
                .hasMessageContaining("no trend at all is as predicted");
    }

    @Test
    void aLimitAtNoEffectIsHeldAgainstWhatWasSeen() {
        double[][] values = new double[4][5];
        for (int i = 0; i < 4; i++) {
            for (int seed = 0; seed < 5; seed++) {
                values[i][seed] = i + 0.1 * seed;
            }
        }
        Finding found = Trend.of("it", "driver", new double[] {1, 2, 3, 4}, values)
                .permutedDriver()
                .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0));

        assertThat(found.threshold()).isEqualTo(Threshold.atLeast(1));
        assertThat(found.prediction()).isEqualTo("it grows, as strongly as was seen");
        assertThat(found.pValueAgainst()).isCloseTo(StrictMath.pow(1 / 24.0, 5), within(1e-12));
        assertThat(found.outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void drawnPermutationsSayHowManyTheyAreAndCountTheirOwnError() {
        double[][] values = new double[9][5];
        for (int i = 0; i < 9; i++) {
            Arrays.fill(values[i], i);
        }
        Finding found = Trend.of(
                        "it", "driver", IntStream.range(0, 9).asDoubleStream().toArray(), values)
                .permutedDriver()
                .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0.5));

        assertThat(found.explanation()).contains("20000 permutations drawn at random");
        assertThat(found.outcome()).isEqualTo(Outcome.REFUTED);
        PermutationDistribution drawn = PermutationDistribution.drawn(new double[] {1, 1, 1, 1});
        assertThat(drawn.atLeast(2)).isGreaterThan(0.2);
    }

    @Test
    void settingsArePermutedAsWholes() {
        double[][] x = {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}};
        Finding found =
                Correlation.permuted("a", "b", "they go together", x, x, Average.ARITHMETIC, Threshold.atLeast(0.9));

        // Spearman's of five: 1 in 1 of 120 orders, 0.9 where two neighbours are swapped, in 4.
        assertThat(found.pValueAgainst()).isCloseTo(5 / 120.0, within(1e-12));
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Of 20 settings permutations are drawn, and their mean falls a little to one side of 0 by chance: on neither may it matter. */
    @Test
    void aLimitAtNoEffectIsHeldAgainstWhatWasSeenOnBothSidesWhenPermutationsAreDrawn() {
        double[][] x = new double[20][];
        double[][] falling = new double[20][];
        double[][] rising = new double[20][];
        for (int setting = 0; setting < x.length; setting++) {
            x[setting] = new double[] {setting};
            rising[setting] = new double[] {setting + 5 * StrictMath.sin(setting)};
            falling[setting] = new double[] {-rising[setting][0]};
        }
        assertThat(Correlation.permuted("a", "b", "together", x, rising, Average.ARITHMETIC, Threshold.atLeast(0))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThat(Correlation.permuted("a", "b", "apart", x, falling, Average.ARITHMETIC, Threshold.atMost(0))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void nothingMeasuredExcludesNothing() {
        double[][] nothing = {{Double.NaN}, {1}, {2}};
        Finding found = Trend.of("it", "driver", DRIVER, nothing)
                .permutedDriver()
                .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0.5));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
