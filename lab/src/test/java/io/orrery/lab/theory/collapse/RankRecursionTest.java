package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.twoClusters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.PlainBiasless;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankRecursionTest {
    @Test
    void byHand() {
        assertThat(RankRecursion.remaining(1, 0.25, 3)).isEqualTo(0.125);
        assertThat(RankRecursion.tailBound(1, 0.25, 3, 16)).isEqualTo(2);
        assertThat(RankRecursion.memory(0.125, 1, 0.25)).isEqualTo(3);
        assertThat(RankRecursion.gradientRank(10, 64, 4, 1)).isEqualTo(4);
        assertThat(RankRecursion.gradientRank(10, 64, 4, 9)).isEqualTo(10);
        assertThat(RankRecursion.decayExponent(0.1, 2e-3, 0, 15_000)).isCloseTo(6, within(1e-12));
        assertThat(RankRecursion.decayExponent(0.1, 2e-3, 0.9, 15_000)).isCloseTo(60, within(1e-9));
        assertThat(RankRecursion.exponentOfFallingRank(1e-3)).isCloseTo(6.9078, within(1e-4));
        assertThat(RankRecursion.rankBound(4, 1e-3, 0.1, 0)).isInfinite();
        // ln(1000) / (2 * 0.1 * 0.01) = 3453.9; ln(2000) / 0.002 = 3800.5; ln(1000) / -ln(0.998) = 3450.4
        assertThat(RankRecursion.rankBoundForSmallDecay(2, 1e-3, 0.1, 0.01)).isEqualTo(2 * 3454);
        assertThat(RankRecursion.publishedRankBound(2, 1e-3, 0.1, 0.01)).isEqualTo(2 * 3801);
        assertThat(RankRecursion.rankBound(2, 1e-3, 0.1, 0.01)).isEqualTo(2 * 3451);
    }

    /** P15's bounds are 20, 80 and 66; a = 2 eta lambda with eta = 0.1. */
    @ParameterizedTest
    @CsvSource({"0.3,1,20", "0.3,4,80", "0.1,1,66"})
    void aSyntheticMemoryHasTheRankOfItsMemory(double forgetting, int batch, int bound) {
        double lambda = forgetting / 0.2;
        assertThat(RankRecursion.rankBound(batch, 1e-3, 0.1, lambda)).isEqualTo(bound);
        Matrix weights = normal(64, 64, 1, 1);
        for (int step = 0; step < 600; step++) {
            Matrix left = normal(batch, 64, 1, 1000 + 2 * step);
            Matrix right = normal(batch, 64, 1, 1001 + 2 * step);
            Matrix gradient = Products.transposedTimes(left, right);
            weights = Products.combination(1 - forgetting, weights, -0.1 / batch, gradient);
        }
        double limit = 1e-3 * Products.norm(weights);
        int rank = 0;
        for (double value : Svd.valuesOf(weights)) {
            rank += value > limit ? 1 : 0;
        }
        assertThat(rank).isLessThanOrEqualTo(bound).isGreaterThan(bound / 2);
    }

    /** P14 in small: stochastic gradient descent on a ReLU network, all layers, with and without decay; and the unrolled sum. */
    @ParameterizedTest
    @CsvSource({"0", "0.01", "0.1"})
    void singularValuesObeyTheRecursion(double lambda) {
        int batch = 2;
        double rate = 0.1;
        int steps = 60;
        PlainBiasless network = PlainBiasless.random(true, 2, 3, 8, 14, 14, 3);
        Matrix inputs = twoClusters(20, 8, 1, 5);
        List<List<Matrix>> history = new ArrayList<>();
        List<List<Matrix>> gradients = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            Matrix examples =
                    new Matrix(2, 8, Arrays.copyOfRange(inputs.values(), (step % 10) * 16, (step % 10) * 16 + 16));
            Matrix[] activations = network.forward(examples);
            Matrix errors = Products.combination(1.0 / batch, activations[3], -1.0 / batch, normal(2, 3, 1, step % 10));
            Matrix[] slope = network.gradients(activations, errors);
            history.add(List.of(network.weights.clone()));
            gradients.add(List.of(slope));
            for (int k = 0; k < 3; k++) {
                network.weights[k] = Products.combination(1 - 2 * rate * lambda, network.weights[k], -rate, slope[k]);
            }
        }
        for (int n : new int[] {1, 2, 4, 6}) {
            for (int k = 0; k < 3; k++) {
                int layer = k;
                Matrix before = history.get(steps - n).get(k);
                double[] values = Svd.valuesOf(network.weights[k]);
                if (n * batch < values.length) {
                    double bound = RankRecursion.tailBound(rate, lambda, n, Svd.valuesOf(before)[0]);
                    assertThat(values[n * batch]).isLessThanOrEqualTo(bound * (1 + 1e-9));
                }
                List<Matrix> recent = gradients.subList(steps - n, steps).stream()
                        .map(all -> all.get(layer))
                        .toList();
                assertThat(RankRecursion.unrolled(before, recent, rate, lambda).values())
                        .containsExactly(network.weights[k].values(), within(1e-12));
            }
        }
    }

    /** The factor of heavy-ball decay, against the recursion itself. */
    @ParameterizedTest
    @CsvSource({"0.1,0.001,0.9", "0.1,0.005,0", "0.5,0.01,0.5"})
    void momentumForgetsFaster(double rate, double lambda, double momentum) {
        double weight = 1;
        double velocity = 0;
        double before = 1;
        for (int step = 0; step < 1000; step++) {
            before = weight;
            velocity = momentum * velocity + 2 * lambda * weight;
            weight -= rate * velocity;
        }
        double factor = RankRecursion.momentumFactor(rate, lambda, momentum);
        assertThat(factor).isCloseTo(weight / before, within(1e-10));
        // To first order the exponent of one step is that of a rate of eta / (1 - m).
        double exponent = RankRecursion.decayExponent(rate, lambda, momentum, 1);
        assertThat(-Math.log(factor)).isCloseTo(exponent, within(0.1 * exponent));
        assertThat(RankRecursion.momentumFactor(1, 0.5, 0.25)).isEqualTo(0.5);
    }
}
