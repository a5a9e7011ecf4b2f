package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.PlainBiasless;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepLinearTest {
    private static final int[] SIZES = {40, 20, 10, 4};

    /** M = 2: 2 x / (x^2 + 1)^2 is 4/25 at x = 2, where s = 4/5. */
    @Test
    void rootsByHand() {
        assertThat(DeepLinear.root(4.0 / 25, 2)).isCloseTo(2, within(1e-14));
        // M = 1: 1 / (x + 1)^2 = 1/9; M = 3: 3 x^2 / (x^3 + 1)^2 = 12/81 at x = 2.
        assertThat(DeepLinear.root(1.0 / 9, 1)).isCloseTo(2, within(1e-14));
        assertThat(DeepLinear.root(12.0 / 81, 3)).isCloseTo(2, within(1e-14));
        assertThat(DeepLinear.root(0.51, 2)).isZero();
        assertThat(DeepLinear.collapseThreshold(1)).isEqualTo(1);
        assertThat(DeepLinear.collapseThreshold(2)).isCloseTo(0.5, within(1e-15));
        // (M - 1)^((M - 1) / M) / M for M = 3: 4^(1/3) / 3.
        assertThat(DeepLinear.collapseThreshold(3)).isCloseTo(Math.cbrt(4) / 3, within(1e-15));
    }

    /** N = 2, M = 2, lambdaW = 0.01, lambdaH = 0.02: b = 4 * 0.01 * sqrt(0.04) = 0.008. */
    @Test
    void levelsByHand() {
        assertThat(DeepLinear.level(2, 2, 0.01, 0.02)).isCloseTo(0.008, within(1e-16));
        assertThat(DeepLinear.collapsingSize(2, 2, 0.01, 0.02)).isCloseTo(0.016, within(1e-16));
        // The product form of the source: M N (N lambdaW^M lambdaH)^(1/M).
        double source = 3 * 74 * Math.cbrt(74 * Math.pow(2e-3, 3) * 5e-4);
        assertThat(DeepLinear.level(74, 3, 2e-3, 5e-4)).isCloseTo(source, within(1e-14));
    }

    /** P20's reference values. */
    @Test
    void theReferenceValues() {
        assertThat(DeepLinear.minimum(SIZES, 2, 2e-3, 5e-4).outputs())
                .containsExactly(new double[] {0.99201, 0.98729, 0.97978, 0.96253}, within(1e-5));
        assertThat(DeepLinear.minimum(SIZES, 2, 5e-3, 5e-4).outputs())
                .containsExactly(new double[] {0.98524, 0.97651, 0.96253, 0.93018}, within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"5e-3,1e-3", "0.03,0.03", "0.2,0.2"})
    void oneLayerIsTheFreeFeatureModel(double lambdaW, double lambdaH) {
        DeepLinear.Minimum deep = DeepLinear.minimum(SIZES, 1, lambdaW, lambdaH);
        FreeFeatureMinimum.Solution flat = FreeFeatureMinimum.minimum(SIZES, lambdaW, lambdaH);
        assertThat(deep.outputs()).containsExactly(flat.outputs(), within(1e-12));
        assertThat(deep.squaredFeatures()).containsExactly(flat.squaredFeatures(), within(1e-10));
        for (int c = 0; c < 4; c++) {
            double square = deep.singularValues()[c] * deep.singularValues()[c];
            assertThat(square).isCloseTo(flat.squaredWeights()[c], within(1e-10));
        }
        assertThat(deep.loss()).isCloseTo(flat.loss(), within(1e-13));
        assertThat(DeepLinear.collapsingSize(74, 1, lambdaW, lambdaH))
                .isCloseTo(FreeFeatureMinimum.collapsingSize(74, lambdaW, lambdaH), within(1e-10));
    }

    /** Every class takes the least of its scalar problem, found by looking everywhere. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6})
    void rootsAreGlobalMinimizers(int layers) {
        for (double slope = 0.05; slope < 1.2; slope += 0.05) {
            double best = 1;
            for (double x = 0; x < 20; x += 1e-3) {
                best = Math.min(best, 1 / (Math.pow(x, layers) + 1) + slope * x);
            }
            double root = DeepLinear.root(slope, layers);
            double found = 1 / (Math.pow(root, layers) + 1) + slope * root;
            assertThat(found).isLessThanOrEqualTo(best + 1e-12).isCloseTo(best, within(1e-5));
        }
    }

    /** P20: descent on all matrices. */
    @Test
    void descentFindsTheMinimum() {
        Descent descent = new Descent(SIZES, 8, 2, 2e-3, 5e-4, 0.1, 3);
        descent.run(30_000);
        DeepLinear.Minimum expected = DeepLinear.minimum(SIZES, 2, 2e-3, 5e-4);
        Matrix outputs = Products.timesTransposed(descent.product(), descent.features);
        for (int c = 0; c < 4; c++) {
            assertThat(outputs.at(c, c)).isCloseTo(expected.outputs()[c], within(1e-4));
            double[] feature = descent.features.row(c);
            assertThat(Products.dot(feature, 0, feature, 0, 8)).isCloseTo(expected.squaredFeatures()[c], within(1e-4));
        }
        for (Matrix weights : descent.weights) {
            double[] values = Arrays.copyOf(Svd.valuesOf(weights), 4);
            assertThat(values).containsExactly(expected.singularValues(), within(1e-4));
        }
        assertThat(descent.loss()).isCloseTo(expected.loss(), within(1e-9));
        DeepLinear.Fit fit = DeepLinear.fit(descent.product(), descent.features, expected, 2, 74, 5e-4);
        assertThat(fit.weights()).isLessThan(1e-4);
        assertThat(fit.features()).isLessThan(1e-4);
        assertThat(fit.outputs()).isLessThan(1e-4);
        assertThat(fit.dual()).isLessThan(1e-4);
        Matrix wrong = scaled(1, descent.features);
        wrong.values()[0] += 0.5;
        DeepLinear.Fit off = DeepLinear.fit(descent.product(), wrong, expected, 2, 74, 5e-4);
        assertThat(off.features()).isGreaterThan(0.01);
        assertThat(off.outputs()).isGreaterThan(0.01);
        assertThat(off.dual()).isGreaterThan(0.01);
    }

    /** (4.6): 3% to either side of the threshold, the best of several descents from small and large starts. */
    @ParameterizedTest
    @CsvSource({"1,0.97", "1,1.03", "2,0.97", "2,1.03", "3,0.97", "3,1.03"})
    void theCollapseThresholdDecides(int layers, double ratio) {
        int[] sizes = {8, 4};
        // With equal decays l the size that collapses is proportional to l^(1 + 1/M).
        double at = DeepLinear.collapsingSize(12, layers, 1, 1);
        double lambda = Math.pow(4 * ratio / at, layers / (layers + 1.0));
        assertThat(DeepLinear.collapsingSize(12, layers, lambda, lambda)).isCloseTo(4 * ratio, within(1e-12));
        DeepLinear.Minimum expected = DeepLinear.minimum(sizes, layers, lambda, lambda);
        double best = Double.POSITIVE_INFINITY;
        double output = 0;
        for (double start : new double[] {0.05, 0.5, 0.8}) {
            for (int seed = 0; seed < 4; seed++) {
                Descent descent = new Descent(sizes, 3, layers, lambda, lambda, start, seed);
                descent.run(4000);
                if (descent.loss() < best) {
                    best = descent.loss();
                    output = Products.timesTransposed(descent.product(), descent.features)
                            .at(1, 1);
                }
            }
        }
        assertThat(best).isCloseTo(expected.loss(), within(1e-7));
        assertThat(output).isCloseTo(expected.outputs()[1], within(1e-3));
        assertThat(expected.outputs()[1] > 0).isEqualTo(ratio < 1);
    }

    @Test
    void argumentsAreNamed() {
        assertThatThrownBy(() -> DeepLinear.minimum(SIZES, 0, 0.1, 0.1)).hasMessageContaining("found 0 layers");
    }

    /** Gradient descent, momentum 0.9, rate 0.3, on all matrices; one feature per class stands for its equal examples. */
    private static final class Descent {
        private final int[] sizes;
        private final int examples;
        private final double lambdaW;
        private final double lambdaH;
        private final Matrix[] weights;
        private final Matrix features;

        Descent(int[] sizes, int width, int layers, double lambdaW, double lambdaH, double deviation, long seed) {
            this.sizes = sizes;
            this.lambdaW = lambdaW;
            this.lambdaH = lambdaH;
            examples = Arrays.stream(sizes).sum();
            weights = new Matrix[layers];
            for (int k = 0; k < layers; k++) {
                weights[k] = normal(k == layers - 1 ? sizes.length : width, width, deviation, 20 * seed + k);
            }
            features = normal(sizes.length, width, deviation, 20 * seed + 19);
        }

        void run(int steps) {
            double[][] velocity = new double[weights.length][];
            for (int k = 0; k < weights.length; k++) {
                velocity[k] = new double[weights[k].values().length];
            }
            double[] featureVelocity = new double[features.values().length];
            PlainBiasless network = new PlainBiasless(false, weights);
            for (int step = 0; step < steps; step++) {
                Matrix[] activations = network.forward(features);
                Matrix errors = errors(activations[weights.length]);
                Matrix[] back = network.errors(activations, errors);
                Matrix featureGradient = Products.times(back[0], weights[0]);
                Matrix[] gradients = network.gradients(activations, errors);
                for (int k = 0; k < weights.length; k++) {
                    move(weights[k].values(), velocity[k], gradients[k].values(), lambdaW);
                }
                for (int c = 0; c < sizes.length; c++) {
                    for (int j = 0; j < features.columns(); j++) {
                        featureGradient.values()[c * features.columns() + j] /= sizes[c];
                    }
                }
                move(features.values(), featureVelocity, featureGradient.values(), lambdaH);
            }
        }

        /** (n_c / N) (W h_c - e_c) by rows. */
        private Matrix errors(Matrix outputs) {
            Matrix errors = scaled(1, outputs);
            for (int c = 0; c < sizes.length; c++) {
                for (int j = 0; j < sizes.length; j++) {
                    int at = c * sizes.length + j;
                    errors.values()[at] = (errors.values()[at] - (c == j ? 1 : 0)) * sizes[c] / examples;
                }
            }
            return errors;
        }

        private static void move(double[] values, double[] velocity, double[] gradient, double decay) {
            for (int i = 0; i < values.length; i++) {
                velocity[i] = 0.9 * velocity[i] + gradient[i] + decay * values[i];
                values[i] -= 0.3 * velocity[i];
            }
        }

        Matrix product() {
            Matrix product = weights[0];
            for (int k = 1; k < weights.length; k++) {
                product = Products.times(weights[k], product);
            }
            return product;
        }

        double loss() {
            Matrix outputs = Products.timesTransposed(features, product());
            double sum = 0;
            for (int c = 0; c < sizes.length; c++) {
                double square = 0;
                for (int j = 0; j < sizes.length; j++) {
                    double error = outputs.at(c, j) - (c == j ? 1 : 0);
                    square += error * error;
                }
                double[] feature = features.row(c);
                double energy = Products.dot(feature, 0, feature, 0, feature.length);
                sum += sizes[c] * (square / (2 * examples) + lambdaH / 2 * energy);
            }
            for (Matrix layer : weights) {
                sum += lambdaW / 2 * Products.squaredNorm(layer);
            }
            return sum;
        }
    }
}
