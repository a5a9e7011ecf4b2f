package io.orrery.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.DenseNetwork.Activation;
import io.orrery.lab.math.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DenseNetworkTest {
    private static DenseNetwork network(Activation activation) {
        return new DenseNetwork(RandomStream.of(5, "network"), activation, 2, 0.3, 3, 4, 4, 2);
    }

    @Test
    void oneUnitByHand() {
        DenseNetwork network = new DenseNetwork(RandomStream.of(1, "network"), Activation.RELU, 1, 0, 2, 1, 1);
        network.weights(0).values()[0] = 2;
        network.weights(0).values()[1] = -1;
        network.weights(1).values()[0] = 3;
        network.biases(0)[0] = 0.5;
        network.biases(1)[0] = -1;

        Matrix inputs = new Matrix(2, 2, new double[] {1, 1, 0, 1});
        assertThat(network.sums(inputs).getFirst().values()).containsExactly(1.5, -0.5);
        assertThat(network.outputs(inputs).values()).containsExactly(3.5, -1);
        // Errors 1 and -2: loss (1 + 4) / 4. Of the last layer dw = (1 * 1.5 + 0) / 2, db = -1/2; of the first dw = 3 *
        // (1, 1) / 2.
        assertThat(network.descend(inputs, new Matrix(2, 1, new double[] {2.5, 1}), 0.1, 0))
                .isEqualTo(1.25);
        assertThat(network.weights(1).values()[0]).isCloseTo(3 - 0.075, within(1e-15));
        assertThat(network.biases(1)[0]).isCloseTo(-1 + 0.05, within(1e-15));
        assertThat(network.weights(0).values()).containsExactly(new double[] {1.85, -1.15}, within(1e-15));
        assertThat(network.biases(0)[0]).isCloseTo(0.35, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void aStepFollowsCentralDifferences(Activation activation) {
        Matrix inputs = new Matrix(5, 3, RandomStream.of(2, "inputs").normals(0, 15));
        Matrix targets = new Matrix(5, 2, RandomStream.of(2, "targets").normals(0, 10));
        double small = 1e-6;
        for (int layer = 0; layer < 3; layer++) {
            for (boolean bias : List.of(false, true)) {
                int count = bias
                        ? network(activation).biases(layer).length
                        : network(activation).weights(layer).values().length;
                DenseNetwork stepped = network(activation);
                stepped.descend(inputs, targets, 1, 0);
                for (int i = 0; i < count; i++) {
                    double slope = (loss(activation, layer, bias, i, small, inputs, targets)
                                    - loss(activation, layer, bias, i, -small, inputs, targets))
                            / (2 * small);
                    double before = array(network(activation), layer, bias)[i];
                    assertThat(before - array(stepped, layer, bias)[i]).isCloseTo(slope, within(1e-8));
                }
            }
        }
    }

    /** The second of two steps does the share again of the first. */
    @Test
    void momentumRepeatsTheLastStep() {
        Matrix inputs = new Matrix(1, 1, new double[] {1});
        Matrix targets = new Matrix(1, 1, new double[] {0});
        DenseNetwork network = new DenseNetwork(RandomStream.of(1, "network"), Activation.TANH, 1, 0, 1, 1);
        network.weights(0).values()[0] = 1;
        network.descend(inputs, targets, 0.1, 0.5);
        // Weight and bias are 0.9 and -0.1: the error is 0.8, so the weight moves by -0.08 - 0.05.
        network.descend(inputs, targets, 0.1, 0.5);
        assertThat(network.weights(0).values()[0]).isCloseTo(0.77, within(1e-15));
        assertThat(network.biases(0)[0]).isCloseTo(-0.23, within(1e-15));
    }

    @Test
    void weightsHaveTheVarianceThatWasAskedFor() {
        DenseNetwork wide = new DenseNetwork(RandomStream.of(1, "network"), Activation.RELU, 2, 0.5, 200, 300);
        assertThat(variance(wide.weights(0).values())).isCloseTo(2 / 200.0, within(2 / 200.0 * 0.03));
        assertThat(variance(wide.biases(0))).isCloseTo(0.25, within(0.08));
    }

    private static double variance(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }

    private static double loss(
            Activation activation, int layer, boolean bias, int i, double by, Matrix inputs, Matrix targets) {
        DenseNetwork moved = network(activation);
        array(moved, layer, bias)[i] += by;
        return moved.descend(inputs, targets, 0, 0);
    }

    private static double[] array(DenseNetwork network, int layer, boolean bias) {
        return bias ? network.biases(layer) : network.weights(layer).values();
    }
}
