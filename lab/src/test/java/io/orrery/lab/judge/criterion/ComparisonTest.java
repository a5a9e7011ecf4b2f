package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double NAN = Double.NaN;

    @Test
    void pairedDifferenceIsTheOneSampleTOfTheDifferences() {
        // Differences 1..5: mean 3, standard error sqrt(2.5 / 5) = 0.70711, t(0.975, 4) = 2.7764 (tables): 3 +-
        // 1.96325.
        Finding found = Comparison.difference(
                "gain",
                "the first exceeds the second",
                Values.of("the first", 11, 22, 33, 44, 55),
                Values.of("the second", 10, 20, 30, 40, 50),
                Threshold.atLeast(1));

        assertThat(found.effect()).isEqualTo(3);
        assertThat(found.interval().low()).isCloseTo(1.03676, within(1e-4));
        assertThat(found.interval().high()).isCloseTo(4.96324, within(1e-4));
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.explanation())
                .isEqualTo("the first less the second is 3 (95% interval 1.04 to 4.96, 5 seeds); predicted at least 1");
    }

    @Test
    void pairedRatioIsTheGeometricMean() {
        // Ratios 1/2, 1/2, 1/4, 1/8, 1/8: logarithms base 2 are -1, -1, -2, -3, -3: mean -2, standard error
        // sqrt(1 / 5) = 0.44721; times 2.7764 gives 1.24165: 2^-3.24165 = 0.10572 to 2^-0.75835 = 0.59119.
        Finding found = Comparison.ratio(
                "NC1 ratio",
                "decay lowers NC1",
                Values.of("NC1 with decay", 1, 2, 1, 1, 2),
                Values.of("that without", 2, 4, 4, 8, 16),
                Threshold.atMost(0.5));

        assertThat(found.effect()).isCloseTo(0.25, within(1e-15));
        assertThat(found.interval().low()).isCloseTo(0.10572, within(1e-4));
        assertThat(found.interval().high()).isCloseTo(0.59119, within(1e-4));
        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation())
                .isEqualTo("NC1 with decay is 0.25 times that without (95% interval 0.106 to 0.591, 5 seeds);"
                        + " predicted at most 0.5");
    }

    @Test
    void welchByHand() {
        // Means 3 and 13, variances of the means 0.5 and 2: difference -10, standard error 1.58114,
        // degrees 2.5^2 / (0.25 / 4 + 4 / 4) = 5.88235.
        Finding found = Comparison.unpairedDifference(
                "difference",
                "the first is lower",
                Values.of("the first", 1, 2, 3, 4, 5),
                Values.of("the second", 9, 11, 13, 15, 17),
                Threshold.atMost(0));

        assertThat(found.effect()).isEqualTo(-10);
        assertThat(found.basis().sampling()).isInstanceOfSatisfying(Sampling.Student.class, student -> {
            assertThat(student.standardError()).isCloseTo(1.58114, within(1e-5));
            assertThat(student.degrees()).isCloseTo(5.88235, within(1e-5));
        });
        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.samples()).isEqualTo(10);
    }

    @Test
    void equalArmsWithoutVariationAreEqual() {
        Finding found = Comparison.equal(
                "rho",
                "the start is forgotten",
                Values.of("rho from 0.3", 2, 2, 2, 2, 2, 2),
                Values.of("that from 20", 2, 2, 2, 2, 2, 2),
                0.01);

        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.interval().low()).isBetween(0.99, 0.9999);
        assertThat(found.interval().high()).isBetween(1.0001, 1.01);
        assertThat(found.explanation())
                .startsWith("rho from 0.3 is 1 times that from 20 (95% interval 0.99")
                .endsWith("the same in all of 6 seeds); predicted between 0.99 and 1.01");
    }

    @Test
    void equalityIsNotSupportedByIgnorance() {
        Finding found = Comparison.equal(
                "rho",
                "the start is forgotten",
                Values.of("rho from 0.3", 1, 2, 3, 4, 5),
                Values.of("that from 20", 5, 4, 3, 2, 1),
                0.01);

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void missingSeedsAreStated() {
        Values second = Values.of("the second", 1, 1, 1, 1, 1, 1, 1);
        Finding found = Comparison.ratio(
                "ratio", "larger", Values.of("the first", 2, NAN, 3, 2, 3, 2, 3), second, Threshold.atLeast(1.5));

        assertThat(found.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(found.samples()).isEqualTo(6);
        assertThat(found.explanation()).contains("6 of 7 seeds").endsWith("no finite number from the 2nd of 7 seeds");
    }

    @Test
    void fewerThanFiveSeedsDecideNothing() {
        Values second = Values.of("the second", 1, 1, 1, 1, 1, 1);
        Finding found = Comparison.ratio(
                "ratio",
                "larger",
                Values.of("the first", 2, NAN, 2, Double.POSITIVE_INFINITY, 2, 2),
                second,
                Threshold.atLeast(1.5));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.pValueSupport()).isEqualTo(1);
        assertThat(found.explanation())
                .endsWith("no finite number from the 2nd and 4th of 6 seeds; at least 5 seeds are needed");
    }

    @Test
    void aZeroInARatioDecidesNothing() {
        Finding found = Comparison.ratio(
                "ratio",
                "smaller",
                Values.of("the first", 0, 1, 1, 1, 1, 1),
                Values.of("the second", 9, 9, 9, 9, 9, 9),
                Threshold.atMost(0.5));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation())
                .isEqualTo("the first is unknown times the second (6 seeds); predicted at most 0.5;"
                        + " ratios and logarithms need positive values, found 0");
    }

    @Test
    void unpairedArmsNeedFiveSeedsEach() {
        Finding found = Comparison.unpairedDifference(
                "difference",
                "lower",
                Values.of("the first", 1, 2, 3, 4),
                Values.of("the second", 11, 12, 13, 14, 15),
                Threshold.atMost(0));

        assertThat(found.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(found.explanation()).endsWith("at least 5 seeds are needed in each arm, found 4 and 5");
    }

    @Test
    void pairedArmsOfDifferentLengthAreRefused() {
        assertThatThrownBy(() -> Comparison.difference(
                        "difference", "lower", Values.of("a", 1, 2), Values.of("b", 1), Threshold.atMost(0)))
                .hasMessageContaining("one number per seed each, found 2 and 1");
    }
}
