package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.TestMatrices;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchGradientNoiseTest {
    /** Gradients 0 and 2: v1 = 1. Batches of one: variance 1. */
    @Test
    void twoExamplesByHand() {
        double variance = BatchGradientNoise.exampleVariance(new Matrix(2, 1, new double[] {0, 2}));
        assertThat(variance).isEqualTo(1);
        assertThat(BatchGradientNoise.batchVariance(2, 1, variance)).isEqualTo(1);
        assertThat(BatchGradientNoise.batchVariance(2, 2, variance)).isZero();
        assertThat(BatchGradientNoise.batchVariance(1, 1, 0)).isZero();
        assertThat(BatchGradientNoise.batchVarianceWithReplacement(4, variance)).isEqualTo(0.25);
        assertThatThrownBy(() -> BatchGradientNoise.batchVariance(4, 5, 1))
                .hasMessage("expected a batch of 1 to 4 examples, found 5");
    }

    /** P13: every batch of N = 6, in turn. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6})
    void allBatchesTogetherGiveTheFormula(int batch) {
        Matrix gradients = normal(6, 4, 1, 2);
        double[] mean = Products.columnMeans(gradients);
        double sum = 0;
        int batches = 0;
        for (int chosen = 0; chosen < 64; chosen++) {
            if (Integer.bitCount(chosen) != batch) {
                continue;
            }
            batches++;
            for (int j = 0; j < 4; j++) {
                double deviation = -mean[j];
                for (int n = 0; n < 6; n++) {
                    deviation += (chosen >> n & 1) * gradients.at(n, j) / batch;
                }
                sum += deviation * deviation;
            }
        }
        double expected = sum / batches;
        assertThat(BatchGradientNoise.batchVariance(6, batch, BatchGradientNoise.exampleVariance(gradients)))
                .isCloseTo(expected, within(1e-12 * Math.max(expected, 1e-3)));
    }

    /**
     * (5.2) for a linear unit w x with targets 1, loss (1 - w x)^2 + lambda ||w||^2: examples with one and the same input stand
     * still together at w = x / (1 + lambda); for orthogonal inputs no w does, and the full-batch minimum is no exception.
     */
    @Test
    void onlyExamplesWithEqualGradientsStandStillTogether() {
        double lambda = 0.1;
        Matrix together = new Matrix(1, 2, new double[] {1 / 1.1, 0});
        Matrix gradient = new Matrix(1, 2, new double[] {-2 * (1 - 1 / 1.1), 0});
        assertThat(BatchGradientNoise.commonStationarity(List.of(gradient, gradient), together, lambda))
                .isCloseTo(0, within(1e-14));
        // The mean of (1 - w_1)^2 and (1 - w_2)^2 plus lambda ||w||^2 is least at w_1 = w_2 = 1 / (1 + 2 lambda).
        double w = 1 / 1.2;
        double slope = -2 * (1 - w);
        Matrix first = new Matrix(1, 2, new double[] {slope, 0});
        Matrix second = new Matrix(1, 2, new double[] {0, slope});
        Matrix minimum = new Matrix(1, 2, new double[] {w, w});
        assertThat(slope / 2 + 2 * lambda * w).isCloseTo(0, within(1e-15));
        assertThat(BatchGradientNoise.commonStationarity(List.of(first, second), minimum, lambda))
                .isCloseTo(1, within(1e-12));
    }

    /**
     * (5.4) verified where the minimum is known: ridge regression with more dimensions than examples, w = X^T (X X^T + lambda N)^-1 y,
     * has residuals and hence gradients of order lambda, and v1 of order lambda^2.
     */
    @Test
    void atTheMinimumTheNoiseIsOfSecondOrderInTheDecay() {
        double[] variances = new double[2];
        for (int i = 0; i < 2; i++) {
            double lambda = 1e-4 / (1 + i);
            Matrix inputs = normal(6, 10, 1, 5);
            Matrix targets = normal(6, 1, 1, 6);
            Matrix kernel = Products.outerGram(inputs);
            for (int n = 0; n < 6; n++) {
                kernel.values()[n * 7] += lambda * 6;
            }
            Matrix weights = Products.transposedTimes(inputs, TestMatrices.solved(kernel, targets));
            Matrix outputs = Products.times(inputs, weights);
            Matrix gradients = Matrix.zeros(6, 10);
            Matrix sum = TestMatrices.scaled(2 * lambda, Products.transposed(weights));
            for (int n = 0; n < 6; n++) {
                for (int j = 0; j < 10; j++) {
                    double slope = 2 * (outputs.values()[n] - targets.values()[n]) * inputs.at(n, j);
                    gradients.values()[n * 10 + j] = slope;
                    sum.values()[j] += slope / 6;
                }
            }
            assertThat(Products.norm(sum)).isLessThan(1e-13);
            variances[i] = BatchGradientNoise.exampleVariance(gradients);
        }
        assertThat(variances[0] / variances[1]).isCloseTo(4, within(0.01));
    }
}
