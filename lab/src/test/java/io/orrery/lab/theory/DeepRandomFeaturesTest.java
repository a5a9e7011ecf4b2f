package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepRandomFeaturesTest {
    /** Ten features of variance 1, ten examples, lambda 5: 10 - 5 / kappa = 10 / (1 + kappa), so kappa = 1. */
    @Test
    void isotropicFeaturesByHand() {
        double[] ones = new double[10];
        Arrays.fill(ones, 1);
        double[] along = new double[10];
        along[3] = 1;
        DeepRandomFeatures theory = new DeepRandomFeatures(ones, along);
        // kappa = 1: explained = 1/2 + 1/4, squares = 10/4 of 10 examples.
        assertThat(theory.error(10, 5, 1.2)).isCloseTo((1.2 - 0.75) / 0.75, within(1e-10));
    }

    @Test
    void withoutALayerItIsRidgeRegressionOnTheInputs() {
        int inputs = 60;
        int examples = 90;
        double[] beta = new double[inputs];
        beta[0] = 1;
        DeepRandomFeatures theory = DeepRandomFeatures.of(List.of(), beta, x -> x, _ -> 1, true);
        double sum = 0;
        int draws = 60;
        for (int draw = 0; draw < draws; draw++) {
            Matrix x = new Matrix(examples, inputs, RandomStream.of(1, "x").normals(draw, examples * inputs));
            double[] y = RandomStream.of(1, "noise").normals(draw, examples);
            for (int row = 0; row < examples; row++) {
                y[row] = 0.5 * y[row] + x.at(row, 0);
            }
            Matrix gram = Products.gram(x);
            for (int i = 0; i < inputs; i++) {
                gram.values()[i * inputs + i] += 20;
            }
            double[] weights = Cholesky.of(gram)
                    .solve(Products.transposedTimes(x, new Matrix(examples, 1, y)))
                    .values();
            weights[0] -= 1;
            sum += (0.25 + Products.dot(weights, 0, weights, 0, inputs)) / draws;
        }
        assertThat(theory.error(examples, 20, 1.25)).isCloseTo(sum, within(0.01));
    }

    /** A linear activation of slope 2 has no noise of its own: the covariance is 4 W W^T and the target 2 W beta. */
    @Test
    void aLinearLayerByHand() {
        Matrix weights = new Matrix(1, 2, new double[] {0.6, 0.8});
        DeepRandomFeatures theory =
                DeepRandomFeatures.of(List.of(weights), new double[] {1, 1}, x -> 2 * x, _ -> 2, true);
        assertThat(theory.eigenvalues()).containsExactly(new double[] {4}, within(1e-12));
        assertThat(theory.along()).containsExactly(new double[] {2.8 * 2.8}, within(1e-12));
    }
}
