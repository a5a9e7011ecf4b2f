package io.orrery.lab.theory.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

final class StandardizedTest {
    /** 1, 3 are -1, 1 about 2; 5, 5 never change; neither do values whose mean is not exact. */
    @Test
    void meansAndDeviationsByHand() {
        assertThat(Standardized.of(new Matrix(2, 2, new double[] {1, 5, 3, 5})).values())
                .containsExactly(-1, 0, 1, 0);
        assertThat(Standardized.of(new Matrix(3, 1, new double[] {0.1, 0.1, 0.1}))
                        .values())
                .containsOnly(0);
    }

    /** Of (1, 2, 3) with (1, 2, 3), (6, 4, 2) and (1, 0, 1), which is even about the middle. */
    @Test
    void correlationsByHand() {
        Matrix one = Standardized.of(new Matrix(3, 1, new double[] {1, 2, 3}));
        Matrix other = Standardized.of(new Matrix(3, 4, new double[] {1, 6, 1, 7, 2, 4, 0, 7, 3, 2, 1, 7}));
        assertThat(Standardized.correlations(one, other).values())
                .containsExactly(new double[] {1, -1, 0, 0}, within(1e-15));
    }
}
