package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RowSpanTest {
    @Test
    void whatSticksOutOfAPlane() {
        Matrix plane = new Matrix(3, 3, new double[] {1, 0, 0, 1, 1, 0, 2, 1, 0});
        RowSpan span = RowSpan.of(plane, 1e-6);
        assertThat(span.rank()).isEqualTo(2);
        assertThat(span.outside(new Matrix(2, 3, new double[] {5, 7, 3, 1, 1, -4})))
                .isCloseTo(5, within(1e-12));
        assertThat(span.outside(plane)).isCloseTo(0, within(1e-12));
    }

    @Test
    void manyRowsOfLowRank() {
        Matrix factor = ProductsTest.random(5, 40, 1);
        Matrix rows = Products.times(ProductsTest.random(200, 5, 2), factor);
        RowSpan span = RowSpan.of(rows, 1e-5);
        assertThat(span.rank()).isEqualTo(5);
        assertThat(span.outside(factor)).isCloseTo(0, within(1e-9));
        assertThat(RowSpan.ofGram(Products.gram(rows), 1e-5).rank()).isEqualTo(5);
        ProductsTest.close(
                Products.timesTransposed(span.basis(), span.basis()), DecompositionsTest.diagonal(1, 1, 1, 1, 1));
        Matrix probe = ProductsTest.random(3, 40, 4);
        assertThat(span.outside(probe))
                .isCloseTo(RowSpan.of(factor, 1e-5).outside(probe), within(1e-9))
                .isGreaterThan(0.5);
    }

    @Test
    void theWholeSpaceAndNothing() {
        Matrix probe = ProductsTest.random(2, 6, 3);
        assertThat(RowSpan.of(ProductsTest.random(30, 6, 2), 1e-6).outside(probe))
                .isZero();
        assertThat(RowSpan.of(Matrix.zeros(4, 6), 1e-6).outside(probe)).isEqualTo(Products.norm(probe));
    }
}
