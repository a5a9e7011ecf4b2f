package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    @Test
    void describingFourNumbers() {
        double[] values = {4, 1, 3, 2};
        assertThat(Descriptive.mean(values)).isEqualTo(2.5);
        assertThat(Descriptive.sampleDeviation(values)).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
        assertThat(Descriptive.populationDeviation(values)).isCloseTo(Math.sqrt(5.0 / 4), within(1e-15));
        assertThat(Descriptive.median(values)).isEqualTo(2.5);
        assertThat(Descriptive.quantile(values, 0.1)).isCloseTo(1.3, within(1e-15));
        assertThat(Descriptive.quantile(values, 1)).isEqualTo(4);
        assertThat(Descriptive.sampleDeviation(new double[] {1})).isNaN();
        assertThat(Descriptive.quantile(new double[0], 0.5)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -2, -0.1, 0, 0.7, 5, 400})
    void oneAndTwoDegreesOfFreedomHaveClosedForms(double t) {
        assertThat(StudentT.cumulative(t, 1)).isCloseTo(0.5 + Math.atan(t) / Math.PI, within(1e-12));
        assertThat(StudentT.cumulative(t, 2)).isCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), within(1e-12));
    }

    /** Tables of the two-sided 95% and 99% points. */
    @ParameterizedTest
    @CsvSource({"0.975,1,12.7062", "0.975,4,2.77645", "0.975,9,2.26216", "0.995,4,4.60409", "0.975,1000,1.96234"})
    void quantilesOfTheTables(double probability, double degrees, double expected) {
        assertThat(StudentT.quantile(probability, degrees)).isCloseTo(expected, within(1e-5 * expected));
        assertThat(StudentT.quantile(1 - probability, degrees)).isCloseTo(-expected, within(1e-5 * expected));
    }

    @Test
    void aProbabilityOutsideIsRefused() {
        assertThatThrownBy(() -> StudentT.quantile(1, 3)).hasMessageContaining("between 0 and 1, found 1.0");
    }
}
