package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SpectralNorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundLayerTest {
    @Test
    void normsOfTheGoldenMatrices() {
        BoundLayer first = BoundLayer.dense(Golden.A1);
        BoundLayer second = BoundLayer.dense(Golden.A2);
        assertThat(first.frobenius() * second.frobenius()).isCloseTo(4.582575695, within(1e-9));
        assertThat(first.spectral()).isCloseTo(2.449489743, within(1e-9));
        assertThat(second.spectral()).isCloseTo(1.414213562, within(1e-9));
        assertThat(first.rowNorms()).isCloseTo(4.236067977, within(1e-9));
        assertThat(second.rowNorms()).isCloseTo(2.414213562, within(1e-9));
        assertThat(first.largestRowSum()).isEqualTo(3);
        assertThat(first.largestFilter()).isCloseTo(Math.sqrt(5), within(1e-12));
        assertThat(InputNorms.of(Golden.X, 1).frobenius()).isCloseTo(2.236067977, within(1e-9));
    }

    /** Channels first: pixels of channel 0 are columns 0 and 1, of channel 1 columns 2 and 3. */
    @Test
    void normsOfInputs() {
        InputNorms norms = InputNorms.of(Golden.matrix(2, 1, 0, -3, 2, 0, 2, 1, 0), 2);
        assertThat(norms.examples()).isEqualTo(2);
        assertThat(norms.features()).isEqualTo(4);
        assertThat(norms.frobenius()).isCloseTo(Math.sqrt(19), within(1e-12));
        assertThat(norms.largestRow()).isCloseTo(Math.sqrt(14), within(1e-12));
        assertThat(norms.largestEntry()).isEqualTo(3);
        assertThat(norms.largestFeature()).isCloseTo(Math.sqrt(10), within(1e-12));
        // Pixel 0: 1 + 9 + 0 + 1; pixel 1: 0 + 4 + 4 + 0.
        assertThat(norms.largestLocation()).isEqualTo(11);
    }

    /** Against the Toeplitz matrix itself: equal without padding, never below with it. */
    @ParameterizedTest
    @CsvSource({"2, 1, 0", "2, 2, 0", "3, 1, 1", "3, 2, 1", "1, 1, 0"})
    void normsOfConvolutionsAreThoseOfTheirToeplitzMatrices(int kernel, int stride, int padding) {
        Matrix weight = Golden.random(kernel + 10L * stride, 3, 2 * kernel * kernel);
        int size = 6;
        int out = (size + 2 * padding - kernel) / stride + 1;
        int covered = (kernel + stride - 1) / stride;
        BoundLayer layer = new BoundLayer(
                BoundLayer.Kind.CONVOLUTION,
                weight,
                Matrix.zeros(weight.rows(), weight.columns()),
                kernel * kernel,
                covered * covered,
                out * out,
                1);
        BoundLayer map = BoundLayer.dense(toeplitz(weight, kernel, stride, padding, size, out, false));
        assertThat(layer.outputs()).isEqualTo(map.weight().rows());
        assertThat(layer.spectral()).isGreaterThanOrEqualTo(SpectralNorm.of(map.weight()) * (1 - 1e-12));
        if (padding == 0) {
            assertThat(layer.frobenius()).isCloseTo(map.frobenius(), within(1e-10));
            assertThat(layer.rowNorms()).isCloseTo(map.rowNorms(), within(1e-10));
        } else {
            assertThat(layer.frobenius()).isGreaterThan(map.frobenius());
            assertThat(layer.rowNorms()).isGreaterThan(map.rowNorms());
        }
        assertThat(layer.largestRowSum()).isCloseTo(map.largestRowSum(), within(1e-10));
        if (stride == kernel) {
            // Windows that do not overlap: the map is the kernel at each of them, and nothing is lost.
            assertThat(layer.spectral()).isCloseTo(SpectralNorm.of(map.weight()), within(1e-8));
        }
    }

    @Test
    void aLocalLayerHasAKernelAtEachPosition() {
        int positions = 9;
        Matrix weight = Golden.random(5, positions * 2, 4);
        BoundLayer layer =
                new BoundLayer(BoundLayer.Kind.LOCAL, weight, Matrix.zeros(positions * 2, 4), 4, 4, positions, 1);
        Matrix map = toeplitz(weight, 2, 1, 0, 4, 3, true);
        assertThat(layer.channels()).isEqualTo(2);
        assertThat(layer.outputs()).isEqualTo(18);
        assertThat(layer.frobenius()).isCloseTo(Products.norm(map), within(1e-12));
        assertThat(layer.spectral()).isGreaterThanOrEqualTo(SpectralNorm.of(map));
        double largest = 0;
        for (int position = 0; position < positions; position++) {
            double squares = 0;
            for (int i = 0; i < 8; i++) {
                squares += weight.values()[position * 8 + i] * weight.values()[position * 8 + i];
            }
            largest = Math.max(largest, Math.sqrt(squares));
        }
        assertThat(layer.kernelFrobenius()).isCloseTo(largest, within(1e-12));
    }

    /** Output channel 0 with input channels (3, 0) and (4, 0) over two pixels: 5 and 0; the second one: 1 and 2. */
    @Test
    void theGroupNormOfAKernelRunsOverInputChannels() {
        Matrix kernel = Golden.matrix(2, 3, 0, 4, 0, 1, 0, 0, 2);
        assertThat(BoundLayer.convolution(kernel, 2, 7).channelNorms()).isEqualTo(5 + 0 + 1 + 2);
        assertThat(BoundLayer.dense(kernel).channelNorms()).isCloseTo(5 + Math.sqrt(5), within(1e-12));
    }

    /** P30 of the core theory. */
    @Test
    void spectralNormsAreBelowFrobeniusNormsAndRowNormsBelowTheRootOfTheRowsTimesThem() {
        double spectral = 1;
        double frobenius = 1;
        for (int seed = 1; seed <= 8; seed++) {
            BoundLayer layer = BoundLayer.dense(Golden.random(seed, 3 * seed, 20 - seed));
            spectral *= layer.spectral();
            frobenius *= layer.frobenius();
            assertThat(layer.rowNorms()).isLessThanOrEqualTo(Math.sqrt(3 * seed) * layer.frobenius());
        }
        assertThat(spectral).isLessThanOrEqualTo(frobenius);
    }

    @Test
    void aReferenceOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> new BoundLayer(BoundLayer.Kind.DENSE, Golden.A1, Golden.A2, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a reference of 2 x 3 for weights of 3 x 2");
    }

    /** The matrix of a convolution of two input channels; with own kernels per position if local (then one input channel). */
    private static Matrix toeplitz(
            Matrix weight, int kernel, int stride, int padding, int size, int out, boolean local) {
        int inputs = local ? 1 : 2;
        int outputs = local ? weight.rows() / (out * out) : weight.rows();
        Matrix map = Matrix.zeros(outputs * out * out, inputs * size * size);
        for (int y = 0; y < out; y++) {
            for (int x = 0; x < out; x++) {
                int position = y * out + x;
                for (int o = 0; o < outputs; o++) {
                    for (int i = 0; i < inputs; i++) {
                        for (int dy = 0; dy < kernel; dy++) {
                            for (int dx = 0; dx < kernel; dx++) {
                                int row = y * stride + dy - padding;
                                int column = x * stride + dx - padding;
                                if (row >= 0 && row < size && column >= 0 && column < size) {
                                    map.values()[
                                                    (o * out * out + position) * map.columns()
                                                            + (i * size + row) * size
                                                            + column] =
                                            weight.at(
                                                    local ? position * outputs + o : o,
                                                    (i * kernel + dy) * kernel + dx);
                                }
                            }
                        }
                    }
                }
            }
        }
        return map;
    }
}
