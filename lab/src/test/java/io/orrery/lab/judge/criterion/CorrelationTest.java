package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationTest {
    @Test
    void spearmanByHand() {
        // Rank differences 0, 1, -1, 1, -1: 1 - 6 * 4 / (5 * 24) = 0.8.
        double[] x = {1, 2, 3, 4, 5};
        double[] y = {10, 30, 20, 50, 40};

        assertThat(Correlation.spearman(x, y)).isCloseTo(0.8, within(1e-15));
    }

    @Test
    void tiesShareTheirMeanRank() {
        assertThat(Correlation.ranks(new double[] {7, 3, 7, 1, 7})).containsExactly(4, 2, 4, 1, 4);
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: products of deviations 4.5, squares 4.5 and 5: 4.5 / sqrt(22.5).
        assertThat(Correlation.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
                .isCloseTo(0.948683, within(1e-6));
    }

    @Test
    void exactPermutationOfFewSettings() {
        // Of 24 orders of four, |r| = 1 in 2 and |r| = 0.8 (one neighbouring swap) in 2 * 3 more; |r| = 0.6 in 2 more
        // (Kendall's tables).
        double[] x = {1, 2, 3, 4};

        assertThat(Correlation.permutationPValue(x, new double[] {1, 2, 3, 4})).isEqualTo(2 / 24.0);
        assertThat(Correlation.permutationPValue(x, new double[] {1, 2, 4, 3})).isEqualTo(8 / 24.0);
        assertThat(Correlation.permutationPValue(x, new double[] {2, 1, 4, 3})).isEqualTo(10 / 24.0);
    }

    @Test
    void theIntervalByHand() {
        // n = 10, r = 1 - 6 * 10 / 990 = 0.93939: z = log(32) / 2 = 1.73287, error sqrt((1 + 0.44123) / 7) = 0.45375,
        // z from 0.84353 to 2.62220: r from 0.68767 to 0.98951.
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        double[] y = {2, 1, 4, 3, 6, 5, 8, 7, 10, 9};
        Finding found = Correlation.ofRanks("the bound", "the gap", "they rise together", x, y, Threshold.atLeast(0.5));

        assertThat(found.effect()).isCloseTo(0.93939, within(1e-5));
        assertThat(found.interval().low()).isCloseTo(0.68767, within(1e-4));
        assertThat(found.interval().high()).isCloseTo(0.98951, within(1e-4));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.explanation())
                .startsWith("the rank correlation of the bound with the gap is 0.939 (95% interval 0.688 to 0.99, 10"
                        + " settings); predicted at least 0.5");
    }

    @Test
    void aPerfectCorrelationOfFiveSettingsSupportsLittle() {
        double[] x = {1, 2, 3, 4, 5};
        Finding found = Correlation.ofRanks("x", "y", "", x, x, Threshold.atLeast(0.5));

        assertThat(found.interval().high()).isEqualTo(1);
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation())
                .endsWith("were there no association, a correlation this far from 0 would have probability 0.0167");
    }

    @Test
    void whatDoesNotVaryHasNoCorrelation() {
        double[] x = {1, 2, 3, 4, 5};
        Finding found = Correlation.ofRanks("x", "y", "", x, new double[5], Threshold.atLeast(0.5));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation()).endsWith("one of the two is the same in all settings");
    }

    /** Normal pairs with Spearman correlation s have Pearson correlation 2 sin(pi s / 6) (Pearson 1907). */
    @ParameterizedTest
    @CsvSource({"6, 0", "6, 0.5", "10, 0", "10, 0.5", "10, 0.8", "20, 0.8"})
    void intervalsCover(int settings, double spearman) {
        double pearson = 2 * StrictMath.sin(Math.PI * spearman / 6);
        RandomStream random = RandomStream.of(11, "test/coverage");
        int tooHigh = 0;
        int tooLow = 0;
        int simulations = 4000;
        for (int simulation = 0; simulation < simulations; simulation++) {
            double[] normals = random.normals(simulation, 2 * settings);
            double[] x = Arrays.copyOf(normals, settings);
            double[] y = new double[settings];
            for (int i = 0; i < settings; i++) {
                y[i] = pearson * x[i] + Math.sqrt(1 - pearson * pearson) * normals[settings + i];
            }
            Interval interval = new Sampling.Ranks(Correlation.spearman(x, y), settings).interval(0.95);
            tooHigh += interval.low() > spearman ? 1 : 0;
            tooLow += interval.high() < spearman ? 1 : 0;
        }
        assertThat(tooHigh / (double) simulations).isLessThan(0.03);
        assertThat((tooHigh + tooLow) / (double) simulations).isLessThan(0.06);
    }

    @Test
    void settingsThatGaveNothingAreUndecided() {
        double[] nothing = {Double.NaN, Double.NaN, Double.NaN};

        Finding finding = Correlation.ofRanks("a", "b", "a goes with b", nothing, nothing, Threshold.atLeast(0));

        assertThat(finding.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
