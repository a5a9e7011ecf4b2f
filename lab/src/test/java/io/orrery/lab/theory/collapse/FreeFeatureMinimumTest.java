package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeFeatureMinimumTest {
    private static final int[] SIZES = {40, 20, 10, 4};

    /** One class, N = n = 4, decays 0.01 and 0.04: s = 1 - 4 sqrt(4e-4 / 4) = 0.96; ||w||^2 = 0.96 * 4, ||h||^2 = 0.96 / 4. */
    @Test
    void oneClassByHand() {
        FreeFeatureMinimum.Solution solution = FreeFeatureMinimum.minimum(new int[] {4}, 0.01, 0.04);
        assertThat(solution.outputs()[0]).isCloseTo(0.96, within(1e-15));
        assertThat(solution.squaredWeights()[0]).isCloseTo(0.96 * 4, within(1e-14));
        assertThat(solution.squaredFeatures()[0]).isCloseTo(0.96 / 4, within(1e-14));
        assertThat(solution.loss()).isCloseTo(0.5 * 0.04 * 0.04 + 0.96 * 0.04, within(1e-15));
    }

    /** P18's reference values. */
    @Test
    void theReferenceValues() {
        FreeFeatureMinimum.Solution solution = FreeFeatureMinimum.minimum(SIZES, 5e-3, 1e-3);
        assertThat(solution.outputs()).containsExactly(new double[] {0.97384, 0.96300, 0.94767, 0.91727}, within(1e-5));
        assertThat(solution.squaredWeights())
                .containsExactly(new double[] {2.75443, 1.92600, 1.34021, 0.82043}, within(1e-5));
        assertThat(solution.squaredFeatures())
                .containsExactly(new double[] {0.34430, 0.48150, 0.67011, 1.02553}, within(1e-5));
        assertThat(solution.loss()).isCloseTo(0.034945, within(1e-6));
    }

    /** P18: gradient descent from a random start ends there. */
    @Test
    void descentFindsTheMinimum() {
        Descent descent = new Descent(SIZES, 16, 5e-3, 1e-3, 3, false);
        descent.run(20_000);
        FreeFeatureMinimum.Solution expected = FreeFeatureMinimum.minimum(SIZES, 5e-3, 1e-3);
        Matrix outputs = Products.timesTransposed(descent.means(), descent.weights);
        for (int c = 0; c < 4; c++) {
            assertThat(outputs.at(c, c)).isCloseTo(expected.outputs()[c], within(1e-4));
            assertThat(square(descent.weights, c)).isCloseTo(expected.squaredWeights()[c], within(1e-4));
            assertThat(square(descent.means(), c)).isCloseTo(expected.squaredFeatures()[c], within(1e-4));
            for (int other = 0; other < 4; other++) {
                if (other != c) {
                    assertThat(outputs.at(c, other)).isCloseTo(0, within(1e-6));
                }
            }
        }
        assertThat(descent.spread()).isLessThan(1e-6);
        assertThat(descent.loss()).isCloseTo(expected.loss(), within(1e-9));
    }

    /** P19: the smallest class is below N^2 lambda^2 = 4.93. */
    @Test
    void theSmallestClassCollapses() {
        assertThat(FreeFeatureMinimum.collapsingSize(74, 0.03, 0.03)).isCloseTo(4.93, within(0.005));
        FreeFeatureMinimum.Solution expected = FreeFeatureMinimum.minimum(SIZES, 0.03, 0.03);
        assertThat(expected.outputs()).containsExactly(new double[] {0.64899, 0.50359, 0.29797, 0}, within(1e-5));
        Descent descent = new Descent(SIZES, 8, 0.03, 0.03, 4, false);
        descent.run(6000);
        Matrix outputs = Products.timesTransposed(descent.means(), descent.weights);
        for (int c = 0; c < 3; c++) {
            assertThat(outputs.at(c, c)).isCloseTo(expected.outputs()[c], within(1e-4));
        }
        assertThat(square(descent.weights, 3)).isLessThan(1e-6);
        assertThat(square(descent.means(), 3)).isLessThan(1e-6);
    }

    /** P19's sweep: two percent in n_c / (N^2 lambda^2) to either side of the threshold decide. */
    @ParameterizedTest
    @ValueSource(doubles = {0.98, 1.02})
    void theThresholdIsSharp(double ratio) {
        int[] sizes = {8, 4};
        double lambda = Math.sqrt(4 / ratio) / 12;
        Descent descent = new Descent(sizes, 4, lambda, lambda, 5, false);
        descent.run(20_000);
        double found = square(descent.weights, 1);
        double expected = FreeFeatureMinimum.minimum(sizes, lambda, lambda).squaredWeights()[1];
        assertThat(found).isCloseTo(expected, within(1e-6));
        assertThat(found > 1e-3).isEqualTo(ratio > 1);
        assertThat(FreeFeatureMinimum.collapsingSize(12, lambda, lambda) >= 4).isEqualTo(ratio < 1);
    }

    /** P21. */
    @Test
    void aFreeBiasMakesASimplex() {
        int[] sizes = {20, 20, 20, 20};
        FreeFeatureMinimum.WithBias expected = FreeFeatureMinimum.balancedWithBias(4, 20, 5e-3, 1e-3);
        assertThat(expected.bias()).isEqualTo(0.25);
        assertThat(expected.singularValue()).isCloseTo(0.96, within(1e-12));
        Descent descent = new Descent(sizes, 8, 5e-3, 1e-3, 6, true);
        descent.run(20_000);
        assertThat(descent.bias).containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, within(1e-4));
        Matrix outputs = Products.timesTransposed(descent.means(), descent.weights);
        assertThat(Svd.valuesOf(outputs)).containsExactly(new double[] {0.96, 0.96, 0.96, 0}, within(1e-4));
        Matrix gram = Products.outerGram(descent.means());
        for (int c = 0; c < 4; c++) {
            assertThat(square(descent.weights, c)).isCloseTo(expected.squaredWeight(), within(1e-4));
            assertThat(gram.at(c, c)).isCloseTo(expected.squaredFeature(), within(1e-4));
            for (int other = 0; other < 4; other++) {
                double total = outputs.at(c, other) + descent.bias[other];
                assertThat(total).isCloseTo(other == c ? expected.trueOutput() : expected.otherOutput(), within(1e-4));
                if (other != c) {
                    assertThat(gram.at(c, other) / gram.at(c, c)).isCloseTo(-1.0 / 3, within(1e-4));
                }
            }
        }
        assertThat(descent.loss()).isCloseTo(expected.loss(), within(1e-8));
        assertThat(expected.trueOutput() + 3 * expected.otherOutput()).isCloseTo(1, within(1e-15));
    }

    @Test
    void decaysAndSizesMustBePositive() {
        assertThatThrownBy(() -> FreeFeatureMinimum.minimum(new int[] {3, 0}, 1e-3, 1e-3))
                .hasMessage("expected examples in every class, found 0 in class 1");
        assertThatThrownBy(() -> FreeFeatureMinimum.minimum(SIZES, 0, 1e-3))
                .hasMessage("expected positive decays of weights and features, found 0.0 and 0.001");
    }

    private static double square(Matrix matrix, int row) {
        double[] values = matrix.row(row);
        return Products.dot(values, 0, values, 0, values.length);
    }

    /** Gradient descent, momentum 0.9, rate 0.5, on the loss of 4.2 itself; features one per row. */
    private static final class Descent {
        private final int[] labels;
        private final int[] sizes;
        private final double lambdaW;
        private final double lambdaH;
        private final boolean biased;
        private final Matrix weights;
        private final Matrix features;
        private final double[] bias;

        Descent(int[] sizes, int width, double lambdaW, double lambdaH, long seed, boolean biased) {
            this.sizes = sizes;
            this.lambdaW = lambdaW;
            this.lambdaH = lambdaH;
            this.biased = biased;
            labels = new int[Arrays.stream(sizes).sum()];
            int next = 0;
            for (int c = 0; c < sizes.length; c++) {
                Arrays.fill(labels, next, next + sizes[c], c);
                next += sizes[c];
            }
            weights = normal(sizes.length, width, 0.1, seed);
            features = normal(labels.length, width, 0.1, seed + 50);
            bias = new double[sizes.length];
        }

        void run(int steps) {
            double[] weightVelocity = new double[weights.values().length];
            double[] featureVelocity = new double[features.values().length];
            double[] biasVelocity = new double[bias.length];
            for (int step = 0; step < steps; step++) {
                Matrix errors = errors();
                Matrix weightGradient = Products.transposedTimes(errors, features);
                Matrix featureGradient = Products.times(errors, weights);
                double[] biasGradient = Products.columnMeans(errors);
                move(weights.values(), weightVelocity, weightGradient.values(), lambdaW);
                move(features.values(), featureVelocity, featureGradient.values(), lambdaH);
                for (int c = 0; biased && c < bias.length; c++) {
                    biasVelocity[c] = 0.9 * biasVelocity[c] + biasGradient[c] * labels.length;
                    bias[c] -= 0.5 * biasVelocity[c];
                }
            }
        }

        private static void move(double[] values, double[] velocity, double[] gradient, double decay) {
            for (int i = 0; i < values.length; i++) {
                velocity[i] = 0.9 * velocity[i] + gradient[i] + decay * values[i];
                values[i] -= 0.5 * velocity[i];
            }
        }

        /** (W h + b - y) / N by rows. */
        private Matrix errors() {
            Matrix errors = Products.timesTransposed(features, weights);
            for (int n = 0; n < labels.length; n++) {
                for (int c = 0; c < bias.length; c++) {
                    int at = n * bias.length + c;
                    errors.values()[at] = (errors.values()[at] + bias[c] - (labels[n] == c ? 1 : 0)) / labels.length;
                }
            }
            return errors;
        }

        double loss() {
            return labels.length * Products.squaredNorm(errors()) / 2
                    + lambdaW / 2 * Products.squaredNorm(weights)
                    + lambdaH / 2 * Products.squaredNorm(features);
        }

        Matrix means() {
            Matrix means = Matrix.zeros(sizes.length, features.columns());
            for (int n = 0; n < labels.length; n++) {
                for (int j = 0; j < features.columns(); j++) {
                    means.values()[labels[n] * features.columns() + j] += features.at(n, j) / sizes[labels[n]];
                }
            }
            return means;
        }

        double spread() {
            Matrix means = means();
            double largest = 0;
            for (int n = 0; n < labels.length; n++) {
                for (int j = 0; j < features.columns(); j++) {
                    largest = Math.max(largest, Math.abs(features.at(n, j) - means.at(labels[n], j)));
                }
            }
            return largest;
        }
    }
}
