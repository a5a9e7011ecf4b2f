package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.PlainBiasless;
import io.orrery.lab.theory.TestMatrices;
import org.junit.jupiter.api.Test;

class DualityTest {
    /** delta = (-2, 0), a = ((1, 3), (5, 7)), lambda = 1/4, N = 2: W = -(1 / 1) (-2) (1, 3). */
    @Test
    void byHand() {
        Matrix errors = new Matrix(2, 1, new double[] {-2, 0});
        Matrix activations = new Matrix(2, 2, new double[] {1, 3, 5, 7});
        Matrix weights = Duality.sustained(errors, activations, 0.25);
        assertThat(weights.values()).containsExactly(2, 6);
        Matrix gradient = new Matrix(1, 2, new double[] {-1, -3});
        assertThat(Duality.residual(weights, gradient, 0.25)).isZero();
        assertThat(Duality.residual(weights, new Matrix(1, 2, new double[] {-1, 3}), 0.25))
                .isCloseTo(6 / Math.sqrt(10), within(1e-14));
        Matrix first = new Matrix(1, 2, new double[] {1, 0});
        assertThat(Duality.outside(new Matrix(1, 2, new double[] {3, 4}), first, 1e-9))
                .isCloseTo(0.8, within(1e-15));
    }

    /** Three distinct inputs, each four times: descent ends where (2.16) says, with rank 3 at most. */
    @Test
    void stationaryWeightsAreSustainedByErrorsAndActivations() {
        double lambda = 2e-2;
        Matrix inputs = Matrix.zeros(12, 6);
        Matrix centres = normal(3, 6, 1, 1);
        for (int n = 0; n < 12; n++) {
            System.arraycopy(centres.values(), n % 3 * 6, inputs.values(), n * 6, 6);
        }
        PlainBiasless network = PlainBiasless.random(false, 1, 2, 6, 7, 3);
        for (int step = 0; step < 8000; step++) {
            Matrix[] activations = network.forward(inputs);
            Matrix[] gradients = network.gradients(activations, errors(activations[2]));
            for (int k = 0; k < 2; k++) {
                network.weights[k] =
                        Products.combination(1 - 0.1 * 2 * lambda, network.weights[k], -0.1 / 12, gradients[k]);
            }
        }
        Matrix[] activations = network.forward(inputs);
        Matrix[] back = network.errors(activations, errors(activations[2]));
        Matrix[] gradients = network.gradients(activations, errors(activations[2]));
        for (int k = 0; k < 2; k++) {
            Matrix weights = network.weights[k];
            assertThat(Duality.sustained(back[k], activations[k], lambda).values())
                    .containsExactly(weights.values(), within(1e-6));
            Matrix gradient = TestMatrices.scaled(1.0 / 12, gradients[k]);
            assertThat(Duality.residual(weights, gradient, lambda)).isLessThan(1e-6);
            assertThat(Duality.outside(weights, activations[k], 1e-9)).isLessThan(1e-6);
            double[] values = Svd.valuesOf(weights);
            assertThat(values.length == 3 ? 0 : values[3]).isLessThan(1e-6);
            Matrix start = PlainBiasless.random(false, 1, 2, 6, 7, 3).weights[k];
            assertThat(Duality.outside(start, activations[k], 1e-9)).isGreaterThan(0.1);
        }
    }

    /** (2.17) at the closed-form minimum of free features, for unequal classes. */
    @Test
    void weightsAndFreeFeaturesShareTheirGram() {
        int[] sizes = {3, 2, 1};
        FreeFeatureMinimum.Solution minimum = FreeFeatureMinimum.minimum(sizes, 0.02, 0.01);
        Matrix weights = Matrix.zeros(3, 4);
        Matrix features = Matrix.zeros(6, 4);
        int row = 0;
        for (int c = 0; c < 3; c++) {
            weights.values()[c * 4 + c] = Math.sqrt(minimum.squaredWeights()[c]);
            for (int i = 0; i < sizes[c]; i++) {
                features.values()[row++ * 4 + c] = Math.sqrt(minimum.squaredFeatures()[c]);
            }
        }
        assertThat(Duality.lastLayerImbalance(weights, features, 0.02, 0.01)).isCloseTo(0, within(1e-14));
        assertThat(Duality.lastLayerImbalance(weights, features, 0.02, 0.02)).isCloseTo(1, within(1e-14));
    }

    /** Twice the residual against one-hot targets: the slope of each example's loss. */
    private static Matrix errors(Matrix outputs) {
        Matrix errors = TestMatrices.scaled(2, outputs);
        for (int n = 0; n < outputs.rows(); n++) {
            errors.values()[n * 3 + n % 3] -= 2;
        }
        return errors;
    }
}
