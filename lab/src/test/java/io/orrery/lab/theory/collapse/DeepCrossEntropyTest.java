package io.orrery.lab.theory.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.TestMatrices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepCrossEntropyTest {
    private static final int CLASSES = 3;
    private static final int PER_CLASS = 2;
    private static final double WEIGHTS = 0.02;
    private static final double FEATURES = 0.01;

    /** With one layer, e^(-s) / (1 + e^(-s)) = sqrt(lambdaW lambdaH n): s = ln(1 / price - 1) for two classes. */
    @Test
    void oneLayerAndTwoClassesAreSolvedByHand() {
        DeepCrossEntropy.Minimum minimum = DeepCrossEntropy.simplex(new DeepCrossEntropy.Problem(2, 4, 1, 0.1, 0.025));

        // The two logits are s and -s: their distance is what is solved for.
        assertThat(2 * minimum.scale()).isCloseTo(Math.log(9), within(1e-12));
        assertThat(minimum.singularValue()).isCloseTo(Math.sqrt(Math.log(9)), within(1e-12));
        assertThat(minimum.squaredFeature()).isCloseTo(0.5 * 0.1 * Math.log(9) / 0.025 / 4, within(1e-12));
        assertThat(minimum.objective()).isCloseTo(Math.log(10.0 / 9) + 0.1 * Math.log(9), within(1e-12));
    }

    /** Plain descent on all factors, written out: gradients of a product by transposes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void descentEndsThere(int layers) {
        DeepCrossEntropy.Problem problem = new DeepCrossEntropy.Problem(CLASSES, PER_CLASS, layers, WEIGHTS, FEATURES);
        DeepCrossEntropy.Minimum minimum = DeepCrossEntropy.simplex(problem);
        DeepCrossEntropy.Minimum triangle = DeepCrossEntropy.polygon(problem);
        assertThat(triangle.objective()).isCloseTo(minimum.objective(), within(1e-12));
        assertThat(triangle.squaredWeight()).isCloseTo(minimum.squaredWeight(), within(1e-9));
        int examples = CLASSES * PER_CLASS;
        List<Matrix> factors = new ArrayList<>();
        factors.add(TestMatrices.normal(4, examples, 0.5, 1));
        for (int k = 1; k < layers; k++) {
            factors.add(TestMatrices.normal(4, 4, 0.5, k + 1));
        }
        factors.add(TestMatrices.normal(CLASSES, 4, 0.5, 9));
        for (int step = 0; step < 20_000; step++) {
            descend(factors, 0.2);
        }
        Matrix last = factors.getLast();
        Matrix gram = Products.outerGram(last);
        assertThat(gram.at(0, 0)).isCloseTo(minimum.squaredWeight(), within(1e-5));
        assertThat(gram.at(0, 1) / gram.at(0, 0)).isCloseTo(-0.5, within(1e-5));
        for (Matrix factor : factors.subList(1, factors.size())) {
            double[] values = Svd.valuesOf(factor);
            assertThat(values[0]).isCloseTo(minimum.singularValue(), within(1e-5));
            assertThat(values[1]).isCloseTo(minimum.singularValue(), within(1e-5));
            assertThat(values[2]).isCloseTo(0, within(1e-5));
        }
        Matrix features = Products.gram(factors.getFirst());
        assertThat(features.at(3, 3)).isCloseTo(minimum.squaredFeature(), within(1e-5));
    }

    private static void descend(List<Matrix> factors, double rate) {
        List<Matrix> products = new ArrayList<>(List.of(factors.getFirst()));
        for (Matrix factor : factors.subList(1, factors.size())) {
            products.add(Products.times(factor, products.getLast()));
        }
        Matrix logits = products.getLast();
        int examples = logits.columns();
        Matrix back = Matrix.zeros(CLASSES, examples);
        for (int n = 0; n < examples; n++) {
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += Math.exp(logits.at(c, n));
            }
            for (int c = 0; c < CLASSES; c++) {
                double target = c == n / PER_CLASS ? 1 : 0;
                back.values()[c * examples + n] = (Math.exp(logits.at(c, n)) / sum - target) / examples;
            }
        }
        for (int k = factors.size() - 1; k >= 0; k--) {
            Matrix factor = factors.get(k);
            Matrix gradient = k == 0 ? back : Products.timesTransposed(back, products.get(k - 1));
            Matrix below = k == 0 ? back : Products.transposedTimes(factor, back);
            factors.set(k, Products.combination(1 - rate * (k == 0 ? FEATURES : WEIGHTS), factor, -rate, gradient));
            back = below;
        }
    }

    /** The square's logits are s, 0, -s, 0: a loss of 2 ln(1 + e^-s), and two singular values 2s. */
    @Test
    void aSquareIsLowerThanTheSimplexOfFourClassesOnceThereAreThreeLayers() {
        DeepCrossEntropy.Problem problem = new DeepCrossEntropy.Problem(4, 10, 3, 2e-3, 2e-3);
        DeepCrossEntropy.Minimum square = DeepCrossEntropy.polygon(problem);

        double price = Math.pow(Math.pow(2e-3, 4) * 10, 0.25);
        assertThat(square.objective())
                .isCloseTo(
                        2 * Math.log1p(Math.exp(-square.scale())) + 4 * price * Math.sqrt(2 * square.scale()),
                        within(1e-12));
        assertThat(square.objective())
                .isLessThan(DeepCrossEntropy.simplex(problem).objective());
        assertThat(square.cosines()).containsExactly(new double[] {0, -1, 0}, within(1e-12));
        DeepCrossEntropy.Problem shallow = new DeepCrossEntropy.Problem(4, 10, 1, 2e-3, 2e-3);
        assertThat(DeepCrossEntropy.polygon(shallow).objective())
                .isGreaterThan(DeepCrossEntropy.simplex(shallow).objective());
    }

    @Test
    void strongDecayLeavesNothing() {
        for (int layers = 1; layers <= 3; layers++) {
            DeepCrossEntropy.Minimum minimum =
                    DeepCrossEntropy.simplex(new DeepCrossEntropy.Problem(4, 10, layers, 1, 1));
            assertThat(minimum.scale()).isZero();
            assertThat(minimum.objective()).isCloseTo(Math.log(4), within(1e-12));
        }
        assertThatThrownBy(() -> new DeepCrossEntropy.Problem(1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
