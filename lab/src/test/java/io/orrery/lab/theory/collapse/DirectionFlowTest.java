package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.sign;
import static io.orrery.lab.theory.TestMatrices.twoClusters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.PlainBiasless;
import io.orrery.lab.theory.TestMatrices;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionFlowTest {
    private static final double RHO = 2.5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void everyLayerOfAHomogeneousNetworkMultipliesTheOutput(int depth) {
        PlainBiasless network = network(depth);
        Matrix input = twoClusters(1, 6, 1, 3);
        Matrix[] activations = network.forward(input);
        double output = activations[depth].values()[0];
        Matrix[] gradients = network.gradients(activations, new Matrix(1, 1, new double[] {1}));
        for (int k = 0; k < depth; k++) {
            assertThat(Products.inner(network.weights[k], gradients[k])).isCloseTo(output, within(1e-10));
        }
    }

    /** P2. */
    @Test
    void theVelocityIsTangentAndABareStepLeavesTheSphereBySecondOrder() {
        PlainBiasless network = network(3);
        Matrix inputs = twoClusters(20, 6, 1.5, 4);
        Drive drive = Drive.of(network, inputs, RHO);
        for (int k = 0; k < 3; k++) {
            Matrix direction = network.weights[k];
            Matrix velocity = DirectionFlow.velocity(direction, drive.forces()[k], drive.pull());
            assertThat(Products.inner(direction, velocity)).isCloseTo(0, within(1e-12));
            assertThat(Products.inner(direction, drive.forces()[k])).isCloseTo(drive.pull(), within(1e-12));
            double[] excess = new double[2];
            for (int i = 0; i < 2; i++) {
                double step = 0.02 / (1 + i);
                Matrix moved = Products.combination(1, direction, step, velocity);
                excess[i] = Products.squaredNorm(moved) - 1;
                assertThat(DirectionFlow.squaredNormAfterBareStep(velocity, step))
                        .isCloseTo(1 + excess[i], within(1e-14));
            }
            assertThat(excess[0] / excess[1]).isCloseTo(4, within(0.4));
            Matrix projected = DirectionFlow.step(direction, drive.forces()[k], drive.pull(), 0.02);
            assertThat(Products.norm(projected)).isCloseTo(1, within(1e-14));
        }
    }

    /** The force is minus the slope of the data loss, by central differences. */
    @Test
    void forcesDescendTheLoss() {
        PlainBiasless network = network(2);
        Matrix inputs = twoClusters(12, 6, 1.5, 5);
        Drive drive = Drive.of(network, inputs, RHO);
        double[] values = network.weights[0].values();
        for (int i = 0; i < values.length; i++) {
            double before = values[i];
            values[i] = before + 1e-6;
            double above = loss(network, inputs);
            values[i] = before - 1e-6;
            double below = loss(network, inputs);
            values[i] = before;
            assertThat(drive.forces()[0].values()[i]).isCloseTo((below - above) / 2e-6, within(1e-7));
        }
    }

    /** (2.6): without the tangent condition the norm moves towards 1. Force c V on a V of squared norm 4: dV/dt = 0. */
    @Test
    void theNormIsDrawnToOne() {
        assertThat(DirectionFlow.squaredNormRate(0.5, 1)).isZero();
        assertThat(DirectionFlow.squaredNormRate(0.5, 4)).isEqualTo(-3);
        PlainBiasless network = network(2);
        Drive drive = Drive.of(network, twoClusters(12, 6, 1.5, 5), RHO);
        // Margins keep their value per unit norm: the force along V stays c while ||V||^2 = 1.21.
        Matrix direction = TestMatrices.scaled(1.1, network.weights[0]);
        Matrix force = TestMatrices.scaled(1 / 1.1, drive.forces()[0]);
        double rate = 2 * Products.inner(direction, DirectionFlow.velocity(direction, force, drive.pull()));
        assertThat(rate).isCloseTo(DirectionFlow.squaredNormRate(drive.pull(), 1.21), within(1e-12));
    }

    /** P3 on a small network: after training by 2.5, rho and the loss are those of the margins found (2.8, 2.9). */
    @Test
    void trainingEndsAtTheEquilibriumOfItsMargins() {
        double lambda = 1e-2;
        PlainBiasless network = PlainBiasless.normalized(true, 6, 10, 16, 16, 1);
        Matrix inputs = twoClusters(32, 10, 1.5, 7);
        double rho = 3;
        for (int step = 0; step < 8000; step++) {
            Drive drive = Drive.of(network, inputs, rho);
            for (int k = 0; k < network.weights.length; k++) {
                network.weights[k] = DirectionFlow.step(network.weights[k], drive.forces()[k], drive.pull(), 0.05);
            }
            rho += 0.05
                    * RhoDynamics.rate(
                            rho, drive.moments().mean(), drive.moments().secondMoment(), lambda);
        }
        MarginMoments end = Drive.of(network, inputs, rho).moments();
        assertThat(rho).isCloseTo(end.equilibrium(lambda), within(1e-3 * rho));
        assertThat(RhoDynamics.loss(rho, end.mean(), end.secondMoment(), lambda))
                .isCloseTo(RhoDynamics.minimalLoss(end.mean(), end.secondMoment(), lambda), within(1e-3));
        assertThat(end.mean()).isGreaterThan(3 * end.spread());
    }

    /** (2.11): three outputs, one-hot targets. The force is minus the slope of the data loss, and V . G is the pull. */
    @Test
    void severalOutputsFollowTheSameRule() {
        PlainBiasless network = PlainBiasless.normalized(true, 8, 5, 7, 3);
        Matrix inputs = TestMatrices.normal(9, 5, 1, 9);
        int[] labels = {0, 1, 2, 0, 1, 2, 2, 1, 0};
        Matrix[] activations = network.forward(inputs);
        Matrix errors = Matrix.zeros(9, 3);
        for (int i = 0; i < 27; i++) {
            double target = labels[i / 3] == i % 3 ? 1 : 0;
            errors.values()[i] = 2 * RHO / 9 * (target - RHO * activations[2].values()[i]);
        }
        Matrix[] forces = network.gradients(activations, errors);
        MarginMoments moments = MarginMoments.ofOutputs(activations[2], labels);
        double pull = DirectionFlow.pull(RHO, moments);
        for (int k = 0; k < 2; k++) {
            assertThat(Products.inner(network.weights[k], forces[k])).isCloseTo(pull, within(1e-12));
            double[] values = network.weights[k].values();
            for (int i = 0; i < values.length; i += 3) {
                double before = values[i];
                values[i] = before + 1e-6;
                double above = loss(network, inputs, labels);
                values[i] = before - 1e-6;
                double below = loss(network, inputs, labels);
                values[i] = before;
                assertThat(forces[k].values()[i]).isCloseTo((below - above) / 2e-6, within(1e-7));
            }
        }
        double direct = loss(network, inputs, labels) + 0.1 * RHO * RHO;
        assertThat(RhoDynamics.loss(RHO, moments.mean(), moments.secondMoment(), 0.1))
                .isCloseTo(direct, within(1e-12));
    }

    private static double loss(PlainBiasless network, Matrix inputs, int[] labels) {
        double[] outputs = network.forward(inputs)[network.weights.length].values();
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            double residual = (labels[i / 3] == i % 3 ? 1 : 0) - RHO * outputs[i];
            sum += residual * residual / labels.length;
        }
        return sum;
    }

    private static PlainBiasless network(int depth) {
        int[] widths = new int[depth + 1];
        Arrays.fill(widths, 8);
        widths[0] = 6;
        widths[depth] = 1;
        return PlainBiasless.normalized(true, 2, widths);
    }

    private static double loss(PlainBiasless network, Matrix inputs) {
        double[] outputs = network.forward(inputs)[network.weights.length].values();
        double sum = 0;
        for (int n = 0; n < outputs.length; n++) {
            double residual = 1 - RHO * sign(n) * outputs[n];
            sum += residual * residual;
        }
        return sum / outputs.length;
    }

    /** Forces on the layers of a binary network at scale rho, from the definition in 2.5. */
    private record Drive(Matrix[] forces, MarginMoments moments, double pull) {
        static Drive of(PlainBiasless network, Matrix inputs, double rho) {
            Matrix[] activations = network.forward(inputs);
            double[] outputs = activations[network.weights.length].values();
            double[] margins = new double[outputs.length];
            double[] errors = new double[outputs.length];
            for (int n = 0; n < margins.length; n++) {
                margins[n] = sign(n) * outputs[n];
                errors[n] = 2 * rho / outputs.length * (1 - rho * margins[n]) * sign(n);
            }
            MarginMoments moments = MarginMoments.ofMargins(margins);
            Matrix[] forces = network.gradients(activations, new Matrix(errors.length, 1, errors));
            return new Drive(forces, moments, DirectionFlow.pull(rho, moments));
        }
    }
}
