package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.identity;
import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.scaled;
import static io.orrery.lab.theory.TestMatrices.solved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.collapse.SquareLossDecomposition.Bias;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SquareLossDecompositionTest {
    private static final double LAMBDA = 0.05;
    private static final int[] BALANCED = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2};
    private static final int[] UNEQUAL = {0, 1, 1, 0, 2, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0};

    /**
     * One class, features 1 and 3, W = w, no bias, lambda 1: the loss is (w - 1)^2 / 4 + (3 w - 1)^2 / 4 + w^2 / 2, least at w = 1/3
     * with value 1/6 = (1/9) / 2 + (1/9) / 2 + (2/3 - 1)^2 / 2.
     */
    @Test
    void oneFeatureByHand() {
        Matrix features = new Matrix(2, 1, new double[] {1, 3});
        SquareLossDecomposition parts = SquareLossDecomposition.of(
                features, new int[2], new Matrix(1, 1, new double[] {1}), new double[1], Bias.NONE, 1);
        assertThat(parts.bestWeights().values()[0]).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(parts.withinClass()).isCloseTo(1.0 / 9, within(1e-15));
        assertThat(parts.classMeans()).isCloseTo(1.0 / 18, within(1e-15));
        assertThat(parts.loss()).isCloseTo(1.5, within(1e-15));
        assertThat(parts.offPath()).isCloseTo(1.5 - 1.0 / 6, within(1e-14));
        assertThat(parts.offPathShare()).isCloseTo(8.0 / 9, within(1e-14));
    }

    /** P24. */
    @ParameterizedTest
    @EnumSource(Bias.class)
    void thePartsAddUpAndTheBestLayerIsRidgeRegression(Bias kind) {
        for (int[] labels : new int[][] {BALANCED, UNEQUAL}) {
            Matrix features = normal(15, 7, 1, 3);
            Matrix weights = normal(3, 7, 0.5, 4);
            double[] bias = kind == Bias.NONE ? new double[3] : new double[] {0.3, -0.2, 0.7};
            SquareLossDecomposition parts = SquareLossDecomposition.of(features, labels, weights, bias, kind, LAMBDA);
            double direct = loss(features, labels, weights, bias, kind);
            assertThat(parts.loss()).isCloseTo(direct, within(1e-12 * direct));
            assertThat(parts.sum()).isCloseTo(direct, within(1e-10 * direct));
            Matrix ridge = ridge(features, labels, kind);
            for (int c = 0; c < 3; c++) {
                for (int j = 0; j < 7; j++) {
                    assertThat(parts.bestWeights().at(c, j)).isCloseTo(ridge.at(j, c), within(1e-12));
                }
                double expected = kind == Bias.NONE ? 0 : ridge.at(7, c);
                assertThat(parts.bestBias()[c]).isCloseTo(expected, within(1e-12));
            }
            SquareLossDecomposition best =
                    SquareLossDecomposition.of(features, labels, parts.bestWeights(), parts.bestBias(), kind, LAMBDA);
            assertThat(best.offPath()).isCloseTo(0, within(1e-14));
            assertThat(best.loss()).isLessThan(parts.loss());
        }
    }

    /** The formulas for W_LS and b_LS as the source prints them, for balanced classes and a decayed bias. */
    @Test
    void balancedClassesGiveThePublishedForm() {
        Matrix features = normal(15, 7, 1, 5);
        Matrix means = Matrix.zeros(7, 3);
        for (int n = 0; n < 15; n++) {
            for (int j = 0; j < 7; j++) {
                means.values()[j * 3 + BALANCED[n]] += features.at(n, j) / 5;
            }
        }
        Matrix mean = new Matrix(7, 1, Products.columnMeans(features));
        Matrix total = scaled(1.0 / 15, Products.gram(Products.centred(features)));
        Matrix square = Products.timesTransposed(mean, mean);
        Matrix inverted = Products.combination(
                1, Products.combination(1, total, LAMBDA / (1 + LAMBDA), square), LAMBDA, identity(7));
        Matrix ones = new Matrix(1, 3, new double[] {1, 1, 1});
        Matrix right = Products.combination(1.0 / 3, means, -1.0 / 3 / (1 + LAMBDA), Products.times(mean, ones));
        Matrix expected = solved(inverted, right);
        SquareLossDecomposition parts =
                SquareLossDecomposition.of(features, BALANCED, Matrix.zeros(3, 7), new double[3], Bias.DECAYED, LAMBDA);
        for (int c = 0; c < 3; c++) {
            double output = 0;
            for (int j = 0; j < 7; j++) {
                assertThat(parts.bestWeights().at(c, j)).isCloseTo(expected.at(j, c), within(1e-12));
                output += expected.at(j, c) * mean.values()[j];
            }
            assertThat(parts.bestBias()[c]).isCloseTo((1.0 / 3 - output) / (1 + LAMBDA), within(1e-12));
        }
    }

    /** Collapsed simplex features cost nothing within classes but the decay of the layer. */
    @Test
    void collapsedFeaturesHaveNoScatter() {
        Matrix features = Matrix.zeros(6, 3);
        int[] labels = {0, 1, 2, 0, 1, 2};
        for (int n = 0; n < 6; n++) {
            features.values()[n * 3 + labels[n]] = 2;
        }
        SquareLossDecomposition parts = SquareLossDecomposition.of(
                features, labels, scaled(0.5, identity(3)), new double[3], Bias.NONE, LAMBDA);
        // Each class: least of (2 w - 1)^2 / 6 + lambda w^2 / 2, at w = (2 / 3) / (4 / 3 + lambda).
        double w = 2 / (4 + 3 * LAMBDA);
        assertThat(parts.bestWeights().at(1, 1)).isCloseTo(w, within(1e-14));
        assertThat(parts.withinClass()).isCloseTo(1.5 * LAMBDA * w * w, within(1e-15));
        assertThat(parts.classMeans()).isCloseTo((2 * w - 1) * (2 * w - 1) / 2, within(1e-15));
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        Matrix features = Matrix.zeros(4, 3);
        assertThatThrownBy(() -> SquareLossDecomposition.of(
                        features, new int[3], Matrix.zeros(2, 3), new double[2], Bias.NONE, 1))
                .hasMessage("expected 4 labels, found 3");
        assertThatThrownBy(() -> SquareLossDecomposition.of(
                        features, new int[4], Matrix.zeros(2, 3), new double[2], Bias.NONE, 0))
                .hasMessage("expected a positive decay, found 0.0");
    }

    private static double loss(Matrix features, int[] labels, Matrix weights, double[] bias, Bias kind) {
        double sum = 0;
        for (int n = 0; n < labels.length; n++) {
            for (int c = 0; c < bias.length; c++) {
                double error = bias[c] - (labels[n] == c ? 1 : 0);
                for (int j = 0; j < features.columns(); j++) {
                    error += weights.at(c, j) * features.at(n, j);
                }
                sum += error * error / (2 * labels.length);
            }
        }
        for (double value : weights.values()) {
            sum += LAMBDA / 2 * value * value;
        }
        for (double value : bias) {
            sum += kind == Bias.DECAYED ? LAMBDA / 2 * value * value : 0;
        }
        return sum;
    }

    /** [W b]^T by elimination in the normal equations of the features with a column of ones. */
    private static Matrix ridge(Matrix features, int[] labels, Bias kind) {
        int width = features.columns() + (kind == Bias.NONE ? 0 : 1);
        Matrix extended = Matrix.zeros(labels.length, width);
        Matrix targets = Matrix.zeros(labels.length, 3);
        for (int n = 0; n < labels.length; n++) {
            for (int j = 0; j < width; j++) {
                extended.values()[n * width + j] = j < features.columns() ? features.at(n, j) : 1;
            }
            targets.values()[n * 3 + labels[n]] = 1;
        }
        Matrix normal = scaled(1.0 / labels.length, Products.gram(extended));
        for (int j = 0; j < width; j++) {
            boolean decayed = j < features.columns() || kind == Bias.DECAYED;
            normal.values()[j * width + j] += decayed ? LAMBDA : 0;
        }
        return solved(normal, scaled(1.0 / labels.length, Products.transposedTimes(extended, targets)));
    }
}
