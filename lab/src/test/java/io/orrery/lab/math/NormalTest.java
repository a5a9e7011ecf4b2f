package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
    /** Abramowitz and Stegun (1964), tables 26.1 and 26.2. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.841344746068543",
        "1.96, 0.975002104851780",
        "3, 0.998650101968370",
        "-1, 0.158655253931457",
        "-2, 0.022750131948179"
    })
    void cumulativeAgreesWithTables(double z, double probability) {
        assertThat(Normal.cumulative(z)).isCloseTo(probability, within(1e-14));
    }

    @Test
    void tailsKeepTheirRelativePrecision() {
        assertThat(Normal.cumulative(-5)).isCloseTo(2.866515718791939e-7, withinPercentage(1e-8));
        assertThat(Normal.cumulative(-10)).isCloseTo(7.619853024160527e-24, withinPercentage(1e-8));
    }

    @Test
    void seriesAndFractionMeet() {
        double z = 2.5 * Math.sqrt(2);
        assertThat(Normal.cumulative(-z * (1 + 1e-12)))
                .isCloseTo(Normal.cumulative(-z * (1 - 1e-12)), withinPercentage(1e-8));
    }

    @Test
    void quantileInverts() {
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-12));
        assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-12));
        assertThat(Normal.cumulative(Normal.quantile(1e-6))).isCloseTo(1e-6, withinPercentage(1e-6));
        assertThatThrownBy(() -> Normal.quantile(0)).hasMessageContaining("strictly between 0 and 1, found 0");
    }
}
