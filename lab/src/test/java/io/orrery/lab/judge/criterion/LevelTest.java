package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import org.junit.jupiter.api.Test;

class LevelTest {
    /** Mean 3, standard error 0.70711, t(0.975, 4) = 2.7764 from tables: 1.0367 to 4.9633. */
    private static final double[] ONE_TO_FIVE = {1, 2, 3, 4, 5};

    @Test
    void theIntervalIsStudentsT() {
        Finding found = Level.of("rho", "small", ONE_TO_FIVE, Threshold.atMost(5));

        assertThat(found.interval().low()).isCloseTo(1.0367, within(1e-4));
        assertThat(found.interval().high()).isCloseTo(4.9633, within(1e-4));
        assertThat(found.interval().level()).isEqualTo(0.95);
        assertThat(found.kind()).isEqualTo(Kind.EFFECT);
    }

    @Test
    void pValuesAreTheTailsOfT() {
        // t = (3 - 4.5074) / 0.70711 = -2.1318, the 5% point of t with 4 degrees.
        Finding found = Level.of("rho", "small", ONE_TO_FIVE, Threshold.atMost(4.50742));

        assertThat(found.pValueSupport()).isCloseTo(0.05, within(1e-4));
        assertThat(found.pValueAgainst()).isCloseTo(0.95, within(1e-4));
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anEffectBesideItsLimitIsToldApartFromIt() {
        Finding beside = Level.of("rho", "small", new double[] {1, 2, 3.002, 4, 5}, Threshold.atLeast(3));

        assertThat(beside.explanation()).contains("3.0004 (").contains("predicted at least 3");
    }

    @Test
    void outcomesFollowTheInterval() {
        assertThat(outcome(Threshold.atMost(4.97))).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(Threshold.atMost(4.95))).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(Threshold.atMost(1.05))).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(Threshold.atMost(1.03))).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(Threshold.atLeast(1.03))).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(Threshold.atLeast(4.97))).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(Threshold.within(1.03, 4.97))).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(Threshold.within(1.05, 4.97))).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(Threshold.within(4.97, 9))).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(Threshold.within(-9, 1.03))).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void geometricMeansForQuantitiesOfManyDecades() {
        // Decimal logarithms -5..-1: mean -3, reach 1.96325 decades.
        Finding found = Level.of(
                "the gradient",
                "still",
                new double[] {1e-5, 1e-4, 1e-3, 1e-2, 1e-1},
                Average.GEOMETRIC,
                Threshold.atMost(0.5));

        assertThat(found.effect()).isCloseTo(1e-3, within(1e-15));
        assertThat(StrictMath.log10(found.interval().high())).isCloseTo(-3 + 1.96325, within(1e-4));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void everyRatioExceedsALimitBelowZero() {
        assertThat(Level.of("it", "", ONE_TO_FIVE, Average.GEOMETRIC, Threshold.atLeast(-1))
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(Level.of("it", "", ONE_TO_FIVE, Average.GEOMETRIC, Threshold.atMost(0))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    /** All alike they count as signs: 2^-n. At the limit t of n - 1 degrees leaves that tail. */
    @Test
    void noVariationIsNotCertainty() {
        double[] five = {0.1, 0.1, 0.1, 0.1, 0.1};
        double[] six = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};

        Finding few = Level.of("the mismatch", "none", five, Threshold.atMost(0.2));
        assertThat(few.pValueSupport()).isCloseTo(1 / 32.0, within(1e-9));
        assertThat(few.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(few.explanation()).endsWith("at least 6 seeds are needed");

        Finding enough = Level.of("the mismatch", "none", six, Threshold.atMost(0.2));
        assertThat(enough.pValueSupport()).isCloseTo(1 / 64.0, within(1e-9));
        assertThat(enough.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(enough.interval().low()).isLessThan(0.1);
        assertThat(enough.interval().high()).isBetween(0.1, 0.2);
        assertThat(Level.of("it", "", six, Threshold.atLeast(0.2)).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Level.of("it", "", six, Threshold.atMost(0.1)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void lastBitsAreNoSpread() {
        double third = 1 / 3.0;
        double[] values = {third, third, third, Math.nextUp(third), third};

        assertThat(Level.of("it", "", values, Threshold.atMost(0.4)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anIntervalEndsWhereTheQuantityDoes() {
        double[] shares = {0, 0, 0, 0, 0.01};

        Finding found =
                Level.of("the share", "small", shares, Threshold.atMost(0.1)).in(Range.SHARE);
        assertThat(found.interval().low()).isZero();
        assertThat(found.interval().high()).isCloseTo(0.002 + 2.7764451 * 0.002, within(1e-8));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        // Not even at the level of several findings does it reach further.
        assertThat(Ruling.of(found, found).main().interval().low()).isZero();
    }

    @Test
    void nothingMeasuredDecidesNothing() {
        double[] diverged = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        Finding found = Level.of("rho", "small", diverged, Threshold.atMost(5));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.effect()).isNaN();
        assertThat(found.interval().isKnown()).isFalse();
        assertThat(found.explanation())
                .isEqualTo(
                        "rho is unknown (0 of 5 seeds); predicted at most 5; no finite number from the 1st, 2nd, 3rd,"
                                + " 4th and 5th of 5 seeds; at least 5 seeds are needed");
    }

    @Test
    void judgedTwiceItIsTheSame() {
        assertThat(Level.of("rho", "small", ONE_TO_FIVE, Threshold.atMost(5)))
                .isEqualTo(Level.of("rho", "small", ONE_TO_FIVE, Threshold.atMost(5)));
    }

    private static Outcome outcome(Threshold threshold) {
        return Level.of("rho", "", ONE_TO_FIVE, threshold).outcome();
    }
}
