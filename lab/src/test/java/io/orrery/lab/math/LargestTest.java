package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargestTest {
    @Test
    void theLowestAmongEqualsOfAPart() {
        double[] values = {9, 1, 4, 4, 2, 8};
        assertThat(Largest.of(values, 1, 4)).isEqualTo(1);
        assertThat(Largest.of(values)).isZero();
        assertThat(Largest.inRow(new Matrix(2, 3, values), 1)).isEqualTo(2);
        assertThat(Largest.of(new double[] {-3})).isZero();
    }

    @Test
    void whatIsNoNumberIsNotLarger() {
        assertThat(Largest.of(new double[] {1, Double.NaN, 2})).isEqualTo(2);
        assertThat(Largest.of(new double[] {Double.NaN, 1})).isZero();
    }
}
