package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    /** Through (0, 1), (1, 3), (2, 2): means 1 and 2, products (-1)(-1) + 0 + 0 = 1 over squares 2. */
    @Test
    void theSlopeOfThreePoints() {
        assertThat(LeastSquares.slope(new double[] {0, 1, 2}, new double[] {1, 3, 2}))
                .isEqualTo(0.5);
    }

    @Test
    void equalNumbersHaveNoSlopeAndEqualPlacesNone() {
        assertThat(LeastSquares.slope(new double[] {0.1, 0.7, 3}, new double[] {0.3, 0.3, 0.3}))
                .isZero();
        assertThat(LeastSquares.slope(new double[] {0.3, 0.3}, new double[] {1, 2}))
                .isNaN();
    }

    @Test
    void theExponentOfAPower() {
        assertThat(LeastSquares.exponent(new double[] {1, 2, 8}, new double[] {3, 3 / Math.sqrt(2), 3 / Math.sqrt(8)}))
                .isCloseTo(-0.5, within(1e-13));
        assertThat(LeastSquares.exponent(new double[] {1, 2}, new double[] {-1, 2}))
                .isNaN();
    }
}
