package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.scaled;
import static io.orrery.lab.theory.TestMatrices.sign;
import static io.orrery.lab.theory.TestMatrices.twoClusters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.PlainBiasless;
import org.junit.jupiter.api.Test;

class LayerBalanceTest {
    @Test
    void byHand() {
        assertThat(LayerBalance.remaining(0.25, 3)).isCloseTo(Math.exp(-3), within(1e-15));
        assertThat(LayerBalance.remainingAfterSteps(0.25, 1, 2)).isEqualTo(0.0625);
        assertThat(LayerBalance.gapAfterStep(8, 0.25, 1, 5, 3)).isEqualTo(4);
        assertThat(LayerBalance.squaredNormRate(0.5, 3, 0.1)).isCloseTo(0.8, within(1e-15));
        assertThat(LayerBalance.stationaryResidual(0.4, 8, 0.1, 3)).isCloseTo(0, within(1e-15));
        // P9 of the core theory: lambda 5e-3, eta 1e-3, 20,000 steps.
        assertThat(LayerBalance.remaining(5e-3, 20)).isCloseTo(0.67032, within(5e-6));
        assertThat(LayerBalance.remainingAfterSteps(5e-3, 1e-3, 20_000)).isCloseTo(0.67032, within(5e-6));
    }

    /** Rows of norms 5, 1 below; columns of norms 2, 3 above. */
    @Test
    void unitsByHand() {
        Matrix lower = new Matrix(2, 2, new double[] {3, 4, 0, 1});
        Matrix upper = new Matrix(1, 2, new double[] {2, 3});
        assertThat(LayerBalance.unitGaps(lower, upper)).containsExactly(21, -8);
        assertThatThrownBy(() -> LayerBalance.unitGaps(lower, lower.rows() == 2 ? Matrix.zeros(1, 3) : upper))
                .hasMessage("rows of the lower and columns of the upper layer differ: 2 and 3");
        // W1 W1^T = diag(25, 1) + off-diagonals 4; W2^T W2 = [[4, 6], [6, 9]].
        double expected = Math.sqrt((21 * 21 + 8 * 8 + 2 * 4.0) / (625 + 1 + 2 * 16));
        assertThat(LayerBalance.linearImbalance(lower, upper)).isCloseTo(expected, within(1e-14));
    }

    /** P9 on a small network: layers and units, flow, discrete closed form and the exact recursion. */
    @Test
    void gapsFadeWithTheDecayAndNothingElse() {
        double lambda = 5e-3;
        double rate = 1e-3;
        int steps = 20_000;
        PlainBiasless network = PlainBiasless.random(true, 2, 8, 8, 12, 12, 1);
        network.weights[0] = scaled(1.5, network.weights[0]);
        Matrix inputs = twoClusters(16, 8, 1.5, 9);
        double[] start = gaps(network);
        double[] units = LayerBalance.unitGaps(network.weights[0], network.weights[1]);
        double[] exact = start.clone();
        for (int step = 0; step < steps; step++) {
            double[] squares = step(network, inputs, lambda, rate);
            for (int k = 0; k < exact.length; k++) {
                exact[k] = LayerBalance.gapAfterStep(exact[k], lambda, rate, squares[k], squares[k + 1]);
            }
        }
        double[] end = gaps(network);
        double left = LayerBalance.remaining(lambda, rate * steps);
        for (int k = 0; k < end.length; k++) {
            assertThat(end[k]).isCloseTo(exact[k], within(1e-10));
            assertThat(end[k] / start[k]).isCloseTo(left, within(0.01 * left));
        }
        double[] unitsAtEnd = LayerBalance.unitGaps(network.weights[0], network.weights[1]);
        double scale = 0;
        for (double gap : units) {
            scale = Math.max(scale, Math.abs(gap));
        }
        for (int i = 0; i < units.length; i++) {
            assertThat(unitsAtEnd[i]).isCloseTo(left * units[i], within(1e-3 * scale));
        }
    }

    /** P10 and (2.15): with decay and time, layers end equal and at the stationary relation. */
    @Test
    void stationaryPointsAreBalanced() {
        double lambda = 1e-2;
        PlainBiasless network = PlainBiasless.random(true, 2, 11, 8, 12, 12, 1);
        Matrix inputs = twoClusters(16, 8, 1.5, 12);
        for (int step = 0; step < 8000; step++) {
            step(network, inputs, lambda, 0.05);
        }
        double product = 1;
        double first = Products.norm(network.weights[0]);
        for (Matrix weights : network.weights) {
            assertThat(Products.norm(weights)).isCloseTo(first, within(0.01 * first));
            product *= Products.norm(weights);
        }
        double[] outputs = network.forward(inputs)[3].values();
        double data = 0;
        for (int n = 0; n < outputs.length; n++) {
            double margin = sign(n) * outputs[n];
            data += (1 - margin) * margin / outputs.length;
        }
        assertThat(LayerBalance.stationaryResidual(data, product, lambda, 3)).isCloseTo(0, within(1e-3 * data));
        assertThat(LayerBalance.squaredNormRate(data, first * first, lambda)).isCloseTo(0, within(1e-2 * data));
    }

    /** P12b's remark: in a linear network the whole matrix of differences fades, and full batches end balanced. */
    @Test
    void linearLayersAlign() {
        PlainBiasless network = PlainBiasless.random(false, 1, 13, 6, 8, 8, 1);
        Matrix inputs = twoClusters(10, 6, 1.5, 14);
        double before = LayerBalance.linearImbalance(network.weights[0], network.weights[1]);
        for (int step = 0; step < 20_000; step++) {
            step(network, inputs, 2e-2, 0.05);
        }
        assertThat(before).isGreaterThan(0.1);
        assertThat(LayerBalance.linearImbalance(network.weights[0], network.weights[1]))
                .isLessThan(1e-8);
        assertThat(LayerBalance.linearImbalance(network.weights[1], network.weights[2]))
                .isLessThan(1e-8);
    }

    /** One step of gradient descent; returns the squared norms of the data gradients. */
    private static double[] step(PlainBiasless network, Matrix inputs, double lambda, double rate) {
        Matrix[] activations = network.forward(inputs);
        int layers = network.weights.length;
        double[] outputs = activations[layers].values();
        double[] errors = new double[outputs.length];
        for (int n = 0; n < outputs.length; n++) {
            errors[n] = 2.0 / outputs.length * (outputs[n] - sign(n));
        }
        Matrix[] gradients = network.gradients(activations, new Matrix(errors.length, 1, errors));
        double[] squares = new double[layers];
        for (int k = 0; k < layers; k++) {
            squares[k] = Products.squaredNorm(gradients[k]);
            network.weights[k] = Products.combination(1 - 2 * rate * lambda, network.weights[k], -rate, gradients[k]);
        }
        return squares;
    }

    private static double[] gaps(PlainBiasless network) {
        double[] gaps = new double[network.weights.length - 1];
        for (int k = 0; k < gaps.length; k++) {
            gaps[k] = Products.squaredNorm(network.weights[k]) - Products.squaredNorm(network.weights[k + 1]);
        }
        return gaps;
    }
}
