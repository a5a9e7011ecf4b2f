package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralNormTest {
    /** The map written down as a matrix, entry by entry from the definition, and its singular values by EJML. */
    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "2,0", "2,1", "3,2", "1,2"})
    void theNormOfAConvolutionIsThatOfTheMatrixOfItsMap(int stride, int padding) {
        for (boolean shared : new boolean[] {true, false}) {
            Shape input = Shape.of(2, 7, 6);
            Window window = new Window(3, 2, stride, stride, padding, padding);
            int high = (7 + 2 * padding - 3) / stride + 1;
            int wide = (6 + 2 * padding - 2) / stride + 1;
            Matrix kernel = ProductsTest.random(shared ? 4 : 4 * high * wide, 12, 9);
            Matrix map = Matrix.zeros(4 * high * wide, 84);
            for (int o = 0; o < 4; o++) {
                for (int v = 0; v < high; v++) {
                    for (int u = 0; u < wide; u++) {
                        for (int c = 0; c < 2; c++) {
                            for (int ky = 0; ky < 3; ky++) {
                                for (int kx = 0; kx < 2; kx++) {
                                    int y = v * stride + ky - padding;
                                    int x = u * stride + kx - padding;
                                    if (y >= 0 && y < 7 && x >= 0 && x < 6) {
                                        int row = shared ? o : (v * wide + u) * 4 + o;
                                        int at = ((o * high + v) * wide + u) * 84 + (c * 7 + y) * 6 + x;
                                        map.values()[at] = kernel.at(row, (c * 3 + ky) * 2 + kx);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            double exact = Svd.valuesOf(map)[0];
            SlidingMap sliding = new SlidingMap(kernel, input, window, shared);
            assertThat(SpectralNorm.of(sliding, 1e-9)).isCloseTo(exact, within(1e-8 * exact));
            assertThat(SpectralNorm.of(sliding, 1e-6)).isBetween(exact * (1 - 1e-6), exact * (1 + 1e-12));
        }
    }

    /** One pixel and one kernel of ones: three neighbours overlap, so that the map lengthens by more than the kernel's norm. */
    @Test
    void overlapsLengthen() {
        Matrix kernel = new Matrix(1, 3, new double[] {1, 1, 1});
        Shape line = Shape.of(1, 1, 400);
        SlidingMap map = new SlidingMap(kernel, line, new Window(1, 3, 1, 1, 0, 1), true);
        // Eigenvalues of the tridiagonal matrix of ones: 1 + 2 cos(pi k / (n + 1)).
        assertThat(SpectralNorm.of(map, 1e-9)).isCloseTo(1 + 2 * Math.cos(Math.PI / 401), within(1e-6));
        assertThat(SpectralNorm.of(kernel)).isCloseTo(Math.sqrt(3), within(1e-12));
    }

    @Test
    void aLargeMatrixHasTheNormOfItsSpectrum() {
        Matrix matrix = ProductsTest.random(70, 90, 3);
        assertThat(SpectralNorm.of(matrix)).isCloseTo(Svd.valuesOf(matrix)[0], within(1e-8));
    }
}
