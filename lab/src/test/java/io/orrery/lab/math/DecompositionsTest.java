package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecompositionsTest {
    @Test
    void eigenvaluesOfATwoByTwoMatrix() {
        SymmetricEigen eigen = SymmetricEigen.of(new Matrix(2, 2, new double[] {2, 1, 1, 2}));
        assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-14));
        assertThat(eigen.vectors().at(0, 0)).isCloseTo(eigen.vectors().at(0, 1), within(1e-14));
        assertThat(eigen.vectors().at(1, 0)).isCloseTo(-eigen.vectors().at(1, 1), within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "6,4", "4,6", "30,17"})
    void singularValuesAndVectorsRebuildTheMatrix(int rows, int columns) {
        Matrix matrix = ProductsTest.random(rows, columns, 5);
        Svd svd = Svd.of(matrix);
        Matrix scaled = Products.transposed(svd.left());
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] *= svd.values()[i % svd.values().length];
        }
        ProductsTest.close(Products.times(scaled, svd.right()), matrix);
        assertThat(Svd.valuesOf(matrix)).containsExactly(svd.values(), within(1e-12));
        assertThat(Spectrum.of(matrix).values()).containsExactly(svd.values(), within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"5,3", "60,90", "200,64", "64,65"})
    void theSpectralNormIsTheLargestSingularValue(int rows, int columns) {
        Matrix matrix = ProductsTest.random(rows, columns, 6);
        double largest = Svd.valuesOf(matrix)[0];
        assertThat(SpectralNorm.of(matrix)).isCloseTo(largest, within(1e-8 * largest));
    }

    @Test
    void theSpectralNormOfMatricesThatEndTheIterationEarly() {
        Matrix ones = new Matrix(60, 70, filled(60 * 70, 1));
        assertThat(SpectralNorm.of(ones)).isCloseTo(Math.sqrt(60 * 70), within(1e-9));
        assertThat(SpectralNorm.of(Matrix.zeros(60, 70))).isZero();
        Matrix identity = Matrix.zeros(60, 60);
        for (int i = 0; i < 60; i++) {
            identity.values()[i * 61] = 2;
        }
        assertThat(SpectralNorm.of(identity)).isCloseTo(2, within(1e-12));
    }

    @Test
    void anythingButFiniteNumbersGivesNaN() {
        Matrix broken = new Matrix(2, 2, new double[] {1, Double.NaN, 0, 1});
        assertThat(Svd.valuesOf(broken)).containsOnly(Double.NaN);
        assertThat(SymmetricEigen.of(broken).values()).containsOnly(Double.NaN);
        assertThat(SpectralNorm.of(broken)).isNaN();
    }

    /** Core theory, section 10. */
    @Test
    void ranksOfTheGoldenDiagonals() {
        Spectrum first = Spectrum.of(diagonal(1, 0.1, 0.01, 1e-4));
        assertThat(first.rank(1e-3)).isEqualTo(3);
        assertThat(first.stableRank()).isCloseTo(1.01010001, within(1e-12));
        // Relative to the Frobenius norm 2.0000006 the last value counts for 7.5e-4; relative to the largest, for
        // 1.5e-3.
        assertThat(Spectrum.of(diagonal(1, 1, 1, 1, 1.5e-3)).rank(1e-3)).isEqualTo(4);
    }

    @Test
    void effectiveRankOfEqualValuesIsTheirNumber() {
        assertThat(Spectrum.of(diagonal(2, 2, 2, 0)).effectiveRank()).isCloseTo(3, within(1e-6));
        // p = 3/4, 1/4: exp(-(3/4 ln 3/4 + 1/4 ln 1/4)) = 4 / 3^(3/4).
        assertThat(Spectrum.of(diagonal(3, 1)).effectiveRank()).isCloseTo(4 / Math.pow(3, 0.75), within(1e-12));
        assertThat(Spectrum.of(Matrix.zeros(3, 3)).stableRank()).isNaN();
        assertThat(Spectrum.of(Matrix.zeros(3, 3)).rank(1e-3)).isZero();
    }

    static Matrix diagonal(double... values) {
        Matrix matrix = Matrix.zeros(values.length, values.length);
        for (int i = 0; i < values.length; i++) {
            matrix.values()[i * (values.length + 1)] = values[i];
        }
        return matrix;
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
