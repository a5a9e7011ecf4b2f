package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import org.junit.jupiter.api.Test;

class JacobiEigenTest {
    @Test
    void valuesAndVectorsOfAMatrixWorkedOutByHand() {
        SymmetricEigen eigen = JacobiEigen.of(new Matrix(2, 2, new double[] {2, 1, 1, 2}));
        assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-14));
        assertThat(Math.abs(eigen.vectors().at(0, 0))).isCloseTo(Math.sqrt(0.5), within(1e-14));
        assertThat(eigen.vectors().at(0, 0)).isCloseTo(eigen.vectors().at(0, 1), within(1e-14));
    }

    @Test
    void agreesWithQrOnAGramMatrixOfLowRankAndRebuildsIt() {
        int size = 24;
        RandomStream stream = RandomStream.of(5, "jacobi");
        double[] values = new double[size * size];
        for (int k = 0; k < 4; k++) {
            double[] direction = stream.normals(k, size);
            for (int i = 0; i < size * size; i++) {
                values[i] += Math.pow(10, -3 * k) * direction[i / size] * direction[i % size];
            }
        }
        Matrix gram = new Matrix(size, size, values);
        SymmetricEigen jacobi = JacobiEigen.of(gram);
        double[] expected = SymmetricEigen.valuesOf(gram);
        for (int i = 0; i < size; i++) {
            assertThat(jacobi.values()[i]).isCloseTo(expected[i], within(1e-12 * expected[0]));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double rebuilt = 0;
                for (int k = 0; k < size; k++) {
                    rebuilt += jacobi.values()[k]
                            * jacobi.vectors().at(k, i)
                            * jacobi.vectors().at(k, j);
                }
                assertThat(rebuilt).isCloseTo(gram.at(i, j), within(1e-12 * expected[0]));
            }
        }
    }

    @Test
    void aMatrixOfZerosHasNothingToRotate() {
        assertThat(JacobiEigen.of(Matrix.zeros(3, 3)).values()).containsExactly(0, 0, 0);
    }
}
