package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TridiagonalTest {
    /** The second difference matrix has the eigenvalues 2 - 2 cos(k pi / (n + 1)). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 17, 40, 101})
    void eigenvaluesOfSecondDifferencesSeenFromAnotherBasis(int size) {
        Matrix differences = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            differences.values()[i * size + i] = 2;
            if (i + 1 < size) {
                differences.values()[i * size + i + 1] = -1;
                differences.values()[(i + 1) * size + i] = -1;
            }
        }
        Matrix turned = reflected(differences);
        double[] values = SymmetricEigen.valuesOf(turned);
        for (int k = 1; k <= size; k++) {
            assertThat(values[size - k])
                    .as("value %d of %d", k, size)
                    .isCloseTo(2 - 2 * Math.cos(k * Math.PI / (size + 1)), within(1e-13));
        }
    }

    @Test
    void traceAndSquaredNormAreKept() {
        Matrix gram = Products.gram(ProductsTest.random(70, 53, 3));
        double trace = 0;
        for (int i = 0; i < 53; i++) {
            trace += gram.at(i, i);
        }
        Tridiagonal tridiagonal = Tridiagonal.of(gram);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 53; i++) {
            sum += tridiagonal.diagonal()[i];
            squares += tridiagonal.diagonal()[i] * tridiagonal.diagonal()[i];
            squares += i < 52 ? 2 * tridiagonal.offDiagonal()[i] * tridiagonal.offDiagonal()[i] : 0;
        }
        assertThat(sum).isCloseTo(trace, within(1e-11));
        assertThat(squares).isCloseTo(Products.squaredNorm(gram), within(1e-9));
    }

    /** Three directions of very different size among sixty: what is left of the others is rounding error. */
    @Test
    void manyVanishingDirectionsConverge() {
        int size = 60;
        Matrix basis = reflected(identity(size));
        Matrix graded = Matrix.zeros(size, size);
        double[] wanted = {1, 1e-6, 1e-12};
        for (int k = 0; k < wanted.length; k++) {
            for (int i = 0; i < size * size; i++) {
                graded.values()[i] += wanted[k] * basis.at(k, i / size) * basis.at(k, i % size);
            }
        }
        double[] values = SymmetricEigen.valuesOf(graded);
        for (int i = 0; i < size; i++) {
            assertThat(values[i]).isCloseTo(i < wanted.length ? wanted[i] : 0, within(1e-15));
        }
    }

    @Test
    void numbersNearTheEndsOfTheRange() {
        for (double factor : new double[] {1e-280, 1, 1e280}) {
            double[] values =
                    SymmetricEigen.valuesOf(new Matrix(2, 2, new double[] {2 * factor, factor, factor, 2 * factor}));
            assertThat(values[0] / factor).isCloseTo(3, within(1e-14));
            assertThat(values[1] / factor).isCloseTo(1, within(1e-14));
        }
        assertThat(SymmetricEigen.valuesOf(Matrix.zeros(20, 20))).containsOnly(0);
        assertThat(SymmetricEigen.valuesOf(Matrix.zeros(0, 0))).isEmpty();
    }

    private static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }

    /** H A H with the reflection H = 1 - 2 u u^T, u along (1, 2, 3, ...): the same eigenvalues. */
    private static Matrix reflected(Matrix matrix) {
        int size = matrix.rows();
        Matrix reflection = identity(size);
        double length = 0;
        for (int i = 1; i <= size; i++) {
            length += (double) i * i;
        }
        for (int i = 0; i < size * size; i++) {
            reflection.values()[i] -= 2 * (i / size + 1) * (i % size + 1) / length;
        }
        return Products.times(Products.times(reflection, matrix), reflection);
    }
}
