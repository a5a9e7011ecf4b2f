package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Rows of (1 M) span what (-M^T 1) is orthogonal to; what is added along the latter sticks out, whatever else is there. */
    @ParameterizedTest
    @ValueSource(ints = {7, 12, 80})
    void whatIsAddedAlongTheComplementSticksOut(int rows) {
        Matrix slopes = ProductsTest.random(7, 13, 5);
        Matrix basis = Matrix.zeros(7, 20);
        Matrix complement = Matrix.zeros(13, 20);
        for (int i = 0; i < 7; i++) {
            basis.values()[i * 20 + i] = 1;
            for (int j = 0; j < 13; j++) {
                basis.values()[i * 20 + 7 + j] = slopes.at(i, j);
                complement.values()[j * 20 + i] = -slopes.at(i, j);
                complement.values()[j * 20 + 7 + j] = 1;
            }
        }
        RowSpan span = RowSpan.of(Products.times(ProductsTest.random(rows, 7, 6), basis), 1e-5);
        assertThat(span.rank()).isEqualTo(7);
        Matrix inside = Products.times(ProductsTest.random(3, 7, 7), basis);
        Matrix added = Products.times(ProductsTest.random(3, 13, 8), complement);
        assertThat(span.outside(inside)).isCloseTo(0, within(1e-11));
        assertThat(span.outside(Products.combination(1, inside, 1, added)))
                .isCloseTo(Products.norm(added), within(1e-10));
        assertThat(span.outside(Products.combination(1, inside, 1e-6, added)))
                .isCloseTo(1e-6 * Products.norm(added), within(1e-11));
    }

    /** The second row leaves the first by 1e-4 of it: new at tolerance 1e-5, not at 1e-3. */
    @Test
    void directionsBelowTheToleranceAreLeftOut() {
        Matrix rows = new Matrix(2, 3, new double[] {1, 0, 0, 1, 1e-4, 0});
        Matrix probe = new Matrix(1, 3, new double[] {1, 2, 2});
        assertThat(RowSpan.of(rows, 1e-5).outside(probe)).isCloseTo(2, within(1e-9));
        assertThat(RowSpan.of(rows, 1e-3).rank()).isEqualTo(1);
    }

    /**
     * Five directions whose singular values fall by a factor of 100 around a limit: pivots of rows and columns, which mix them, took
     * other ones. Held to EJML's singular vectors, with tall and wide matrices.
     */
    @ParameterizedTest
    @ValueSource(ints = {8, 60})
    void directionsAreSingularVectors(int rows) {
        Matrix left = Svd.of(ProductsTest.random(rows, 5, 21)).left();
        Matrix right = Svd.of(ProductsTest.random(20, 5, 22)).left();
        double[] values = {1, 0.5, 2e-4, 0.9e-5, 1e-6};
        Matrix scaled = Matrix.zeros(5, 20);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 20; j++) {
                scaled.values()[i * 20 + j] = values[i] * right.at(i, j);
            }
        }
        RowSpan span = RowSpan.of(Products.transposedTimes(left, scaled), 1e-5);
        assertThat(span.rank()).isEqualTo(3);
        Matrix probe = ProductsTest.random(4, 20, 23);
        Matrix three = new Matrix(3, 20, java.util.Arrays.copyOf(right.values(), 60));
        Matrix inside = Products.times(Products.timesTransposed(probe, three), three);
        assertThat(span.outside(probe))
                .isCloseTo(Products.norm(Products.combination(1, probe, -1, inside)), within(1e-7));
    }

    @Test
    void aDirectionBelowTheToleranceAloneDoesNotFillTheSpace() {
        Matrix rows = new Matrix(3, 2, new double[] {1, 0, 0, 1e-6, 2, 0});
        assertThat(RowSpan.of(rows, 1e-5).outside(new Matrix(1, 2, new double[] {3, 4})))
                .isCloseTo(4, within(1e-12));
        assertThat(RowSpan.of(rows, 1e-7).outside(new Matrix(1, 2, new double[] {3, 4})))
                .isZero();
    }
}
