package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.TestMatrices;
import io.orrery.lab.theory.collapse.LayerPeeled.Optimum;
import io.orrery.lab.theory.collapse.LayerPeeled.Problem;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerPeeledTest {
    /** Balanced: a simplex, all K - 1 singular values K sqrt(E_W E_H) / (K - 1). */
    @Test
    void equalClassesMakeASimplex() {
        Optimum optimum = LayerPeeled.optimum(new Problem(5, 5, 1, 1, 5));
        double singular = 10 * Math.sqrt(5) / 9;
        assertThat(optimum.loss()).isCloseTo(Math.log1p(9 * Math.exp(-singular)), within(1e-10));
        assertThat(optimum.majoritySpread()).isCloseTo(singular, within(1e-5));
        assertThat(optimum.minoritySpread()).isCloseTo(singular, within(1e-5));
        assertThat(optimum.majorityCosine()).isCloseTo(-1.0 / 9, within(1e-5));
        assertThat(optimum.minorityCosine()).isCloseTo(-1.0 / 9, within(1e-5));
        assertThat(optimum.crossCosine()).isCloseTo(-1.0 / 9, within(1e-5));
    }

    /** The non-convex problem itself, by projected descent on W and H from random starts. */
    @ParameterizedTest
    @CsvSource({"2,2,1.5", "2,2,3", "2,2,30", "1,3,4", "3,2,2"})
    void descentOnWeightsAndFeaturesFindsNothingBetter(int majorities, int minorities, double ratio) {
        Problem problem = new Problem(majorities, minorities, ratio, 1, 2);
        Optimum expected = LayerPeeled.optimum(problem);
        int classes = majorities + minorities;
        double[] shares = shares(majorities, minorities, ratio);
        double best = Double.POSITIVE_INFINITY;
        Matrix weights = Matrix.zeros(classes, classes);
        for (int seed = 0; seed < 2; seed++) {
            Matrix w = normal(classes, classes, 0.5, seed);
            Matrix h = normal(classes, classes, 0.5, seed + 10);
            for (int step = 0; step < 6000; step++) {
                Matrix slope = slope(h, w, shares);
                Matrix gradientW = Products.transposedTimes(slope, h);
                Matrix gradientH = Products.times(slope, w);
                w = inBall(Products.combination(1, w, -0.3, gradientW), classes);
                h = inBall(Products.combination(1, h, -0.3, gradientH), 2 * classes);
            }
            double loss = loss(h, w, shares);
            if (loss < best) {
                best = loss;
                weights = w;
            }
        }
        assertThat(best).isGreaterThan(expected.loss() - 1e-10).isCloseTo(expected.loss(), within(1e-5));
        int last = classes - 1;
        assertThat(cosine(weights, last, last - 1)).isCloseTo(expected.minorityCosine(), within(0.01));
        assertThat(cosine(weights, 0, last)).isCloseTo(expected.crossCosine(), within(0.01));
        if (majorities > 1) {
            assertThat(cosine(weights, 0, 1)).isCloseTo(expected.majorityCosine(), within(0.01));
        }
    }

    /** The setting of the source: ten classes, five of them small, E_W = 1. R_0 separates spread from coincidence. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 10})
    void minorityClassifiersCoincideBeyondAFiniteRatio(double featureEnergy) {
        double ratio = LayerPeeled.collapseRatio(5, 5, 1, featureEnergy);
        Optimum before = LayerPeeled.optimum(new Problem(5, 5, 0.97 * ratio, 1, featureEnergy));
        Optimum after = LayerPeeled.optimum(new Problem(5, 5, 1.03 * ratio, 1, featureEnergy));
        assertThat(before.minoritySpread()).isGreaterThan(1e-3);
        assertThat(before.minorityCosine()).isLessThan(1);
        assertThat(after.minoritySpread()).isZero();
        assertThat(after.minorityCosine()).isCloseTo(1, within(1e-12));
        assertThat(after.majorityCosine()).isLessThan(0);
        assertThat(after.multiplier()).isGreaterThan(1 / (5 * 1.03 * ratio + 5));
        assertThat(before.multiplier()).isCloseTo(slopeOfLoss(0.97 * ratio, featureEnergy), within(1e-4));
    }

    /** Stronger decay, that is less energy, collapses sooner. */
    @Test
    void lessEnergyCollapsesSooner() {
        double[] ratios = {0.5, 1, 2, 5, 10};
        double before = 1;
        for (double energy : ratios) {
            double ratio = LayerPeeled.collapseRatio(5, 5, 1, energy);
            assertThat(ratio).isGreaterThan(before);
            before = ratio;
        }
    }

    /** Decay instead of constraints: coincidence is decided by n_B against N^2 lambdaW lambdaH. */
    @ParameterizedTest
    @ValueSource(doubles = {0.95, 1.05})
    void theThresholdUnderDecayIsThatOfSquareLoss(double ratio) {
        int[] sizes = {12, 4, 4};
        double[] shares = {0.6, 0.2, 0.2};
        double lambda = Math.sqrt(4 / ratio) / 20;
        assertThat(LayerPeeled.collapsingSize(20, lambda, lambda)).isCloseTo(4 / ratio, within(1e-12));
        Matrix w = normal(3, 3, 0.5, 1);
        Matrix h = normal(3, 3, 0.5, 2);
        Matrix velocityW = Matrix.zeros(3, 3);
        Matrix velocityH = Matrix.zeros(3, 3);
        for (int step = 0; step < 20_000; step++) {
            Matrix slope = slope(h, w, shares);
            Matrix gradientW = Products.combination(1, Products.transposedTimes(slope, h), lambda, w);
            Matrix gradientH = Products.times(slope, w);
            for (int i = 0; i < 9; i++) {
                // The features of a class are equal: one stands for n_c of them.
                gradientH.values()[i] = gradientH.values()[i] / sizes[i / 3] + lambda * h.values()[i];
            }
            velocityW = Products.combination(0.9, velocityW, 1, gradientW);
            velocityH = Products.combination(0.9, velocityH, 1, gradientH);
            w = Products.combination(1, w, -0.3, velocityW);
            h = Products.combination(1, h, -0.3, velocityH);
        }
        Matrix pair = new Matrix(2, 3, Arrays.copyOfRange(w.values(), 3, 9));
        double distance = Products.norm(Products.centred(pair));
        assertThat(Products.norm(w)).isGreaterThan(0.5);
        if (ratio > 1) {
            assertThat(distance).isGreaterThan(0.05);
        } else {
            assertThat(distance).isLessThan(1e-6);
        }
    }

    @Test
    void singularValuesAndGradientsOfSymmetricLogits() {
        SymmetricLogits logits = new SymmetricLogits(3, 2, 1.5, -0.7, 0.4, -1.1, 0.3, 2);
        Matrix full = full(logits);
        double nuclear = 0;
        for (double value : Svd.valuesOf(full)) {
            nuclear += value;
        }
        assertThat(logits.nuclearNorm()).isCloseTo(nuclear, within(1e-12));
        assertThat(logits.spectralNorm()).isCloseTo(Svd.valuesOf(full)[0], within(1e-12));
        assertThat(logits.inner(logits)).isCloseTo(Products.squaredNorm(full), within(1e-12));
        double[] shares = shares(3, 2, 2.5);
        SymmetricLogits.Slope slope = logits.crossEntropy(2.5);
        Matrix identity = TestMatrices.identity(5);
        assertThat(slope.loss()).isCloseTo(loss(full, identity, shares), within(1e-14));
        assertThat(full(slope.gradient()).values())
                .containsExactly(slope(full, identity, shares).values(), within(1e-14));
    }

    /** All singular values fall by one threshold, and the sum is the radius. */
    @Test
    void projectionLowersSingularValues() {
        SymmetricLogits logits = new SymmetricLogits(3, 2, 1.5, -0.7, 0.4, -1.1, 0.3, 2);
        assertThat(logits.projected(100)).isSameAs(logits);
        SymmetricLogits near = logits.projected(2.5);
        assertThat(near.nuclearNorm()).isCloseTo(2.5, within(1e-12));
        double threshold = 1.5 - near.majority();
        double[] before = Svd.valuesOf(full(logits));
        double[] after = Svd.valuesOf(full(near));
        for (int i = 0; i < 5; i++) {
            assertThat(after[i]).isCloseTo(Math.max(0, before[i] - threshold), within(1e-12));
        }
        // Nothing in the ball is nearer: the way out is at right angles to it, as far as its other points tell.
        SymmetricLogits out = logits.plus(-1, near);
        assertThat(out.inner(near)).isCloseTo(2.5 * out.spectralNorm(), within(1e-12));
    }

    @Test
    void impossibleProblemsAreNamed() {
        assertThatThrownBy(() -> new Problem(5, 1, 2, 1, 1)).hasMessageContaining("found 5, 1, 2.0, 1.0 and 1.0");
    }

    /** - d loss / d (nuclear norm), by central differences in the energy: radius = 10 sqrt(E_H). */
    /** Descent on W and one feature for each class, both decaying; 3 is on this side of minority collapse, 12 beyond it. */
    @ParameterizedTest
    @ValueSource(doubles = {3, 12})
    void descentWithDecayEndsAtTheDecayedOptimum(double ratio) {
        double lambdaW = 0.02;
        double lambdaH = 0.04;
        LayerPeeled.Decayed expected = LayerPeeled.decayed(2, 2, ratio, lambdaW, lambdaH);
        double[] shares = shares(2, 2, ratio);
        Matrix w = normal(4, 4, 0.5, 3);
        Matrix h = normal(4, 4, 0.5, 4);
        for (int step = 0; step < 20_000; step++) {
            Matrix slope = slope(h, w, shares);
            Matrix gradientW = Products.transposedTimes(slope, h);
            Matrix gradientH = Products.times(slope, w);
            w = Products.combination(1 - 0.4 * lambdaW, w, -0.4, gradientW);
            h = Products.combination(1 - 0.4 * lambdaH, h, -0.4, gradientH);
        }
        double decay = (lambdaW * Products.squaredNorm(w) + lambdaH * Products.squaredNorm(h)) / 2;
        Matrix weights = Products.outerGram(w);
        Matrix features = Products.outerGram(h);
        assertThat(loss(h, w, shares) + decay).isCloseTo(expected.objective(), within(1e-6));
        assertThat(weights.at(0, 0)).isCloseTo(expected.squaredMajorityWeight(), within(1e-4));
        assertThat(weights.at(3, 3)).isCloseTo(expected.squaredMinorityWeight(), within(1e-4));
        assertThat(features.at(0, 0)).isCloseTo(expected.squaredMajorityFeature(), within(1e-4));
        assertThat(features.at(3, 3)).isCloseTo(expected.squaredMinorityFeature(), within(1e-4));
        assertThat(Svd.valuesOf(w)).containsExactly(expected.weights(), within(1e-3));
        assertThat(Svd.valuesOf(h)).containsExactly(expected.features(), within(1e-3));
        assertThat(cosine(w, 2, 3)).isCloseTo(expected.optimum().minorityCosine(), within(1e-3));
    }

    private static double slopeOfLoss(double ratio, double featureEnergy) {
        ToDoubleFunction<Double> loss =
                radius -> LayerPeeled.optimum(new Problem(5, 5, ratio, 1, radius * radius / 100))
                        .loss();
        double radius = 10 * Math.sqrt(featureEnergy);
        return (loss.applyAsDouble(radius - 1e-3) - loss.applyAsDouble(radius + 1e-3)) / 2e-3;
    }

    private static double[] shares(int majorities, int minorities, double ratio) {
        double[] shares = new double[majorities + minorities];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = (c < majorities ? ratio : 1) / (majorities * ratio + minorities);
        }
        return shares;
    }

    private static Matrix full(SymmetricLogits logits) {
        int a = logits.majorities();
        int b = logits.minorities();
        Matrix full = Matrix.zeros(a + b, a + b);
        for (int i = 0; i < a + b; i++) {
            for (int j = 0; j < a + b; j++) {
                double own = i == j ? 1 : 0;
                double value = switch ((i < a ? 0 : 2) + (j < a ? 0 : 1)) {
                    case 0 -> logits.majority() * (own - 1.0 / a) + logits.aa() / a;
                    case 1 -> logits.ab() / Math.sqrt(a * b);
                    case 2 -> logits.ba() / Math.sqrt(a * b);
                    default -> logits.minority() * (own - 1.0 / b) + logits.bb() / b;
                };
                full.values()[i * (a + b) + j] = value;
            }
        }
        return full;
    }

    private static Matrix inBall(Matrix matrix, double energy) {
        double norm = Products.squaredNorm(matrix);
        return norm > energy ? scaled(Math.sqrt(energy / norm), matrix) : matrix;
    }

    private static double cosine(Matrix rows, int i, int j) {
        Matrix gram = Products.outerGram(rows);
        return gram.at(i, j) / Math.sqrt(gram.at(i, i) * gram.at(j, j));
    }

    /** Slope of the mean cross-entropy with respect to the logits H W^T. */
    private static Matrix slope(Matrix features, Matrix weights, double[] shares) {
        Matrix logits = Products.timesTransposed(features, weights);
        int classes = shares.length;
        for (int c = 0; c < classes; c++) {
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                sum += Math.exp(logits.at(c, j));
            }
            for (int j = 0; j < classes; j++) {
                int at = c * classes + j;
                logits.values()[at] = shares[c] * (Math.exp(logits.values()[at]) / sum - (c == j ? 1 : 0));
            }
        }
        return logits;
    }

    private static double loss(Matrix features, Matrix weights, double[] shares) {
        Matrix logits = Products.timesTransposed(features, weights);
        double loss = 0;
        for (int c = 0; c < shares.length; c++) {
            double sum = 0;
            for (int j = 0; j < shares.length; j++) {
                sum += Math.exp(logits.at(c, j));
            }
            loss += shares[c] * (Math.log(sum) - logits.at(c, c));
        }
        return loss;
    }
}
