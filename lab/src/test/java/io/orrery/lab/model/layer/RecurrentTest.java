package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Parameter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecurrentTest {
    /** The states themselves: what is handed on goes through an identity. */
    private static Layers recurrent(Layer layer, int positions, int features, int units) {
        Layers layers = Layers.of(Shape.of(positions, features), positions * units, layer, new Positionwise(units))
                .drawn(3);
        return layers.set("layers.1.weight", Layers.diagonal(units, 1));
    }

    @Test
    void aLinearLayerAddsUpPowersOfItsWeight() {
        // h_3 = W x_3 + U W x_2 + U^2 W x_1 with W = 1 above 2, U a rotation by a quarter and b = 0.
        Layers layers = recurrent(new Rnn(2, Rnn.Phi.LINEAR), 3, 1, 2)
                .set("layers.0.weight_ih.weight", 1, 2)
                .set("layers.0.weight_hh.weight", 0, -1, 1, 0)
                .set("layers.0.bias", 0, 0);
        // U (1, 2) = (-2, 1), U^2 (1, 2) = (-1, -2).
        assertThat(layers.of(3, 5, 7)).containsExactly(3, 6, 5 - 6, 10 + 3, 7 - 10 - 3, 14 + 5 - 6);
    }

    @Test
    void thePlainLayerIsWhatALoopGives() {
        Layers layers = recurrent(new Rnn(3, Rnn.Phi.TANH), 4, 2, 3);
        double[] x = Layers.numbers(8);
        double[] h = new double[3];
        double[] found = layers.of(x);
        for (int t = 0; t < 4; t++) {
            double[] given = given(layers, x, t, h, 3, 3);
            h = Arrays.stream(given).map(StrictMath::tanh).toArray();
            for (int j = 0; j < 3; j++) {
                assertThat(found[t * 3 + j]).isCloseTo(h[j], within(1e-13));
            }
        }
    }

    @Test
    void longShortTermMemoryIsWhatALoopGives() {
        Layers layers = recurrent(new Lstm(3), 5, 2, 3);
        double[] x = Layers.numbers(20);
        double[] found = layers.of(x);
        for (int example = 0; example < 2; example++) {
            double[] h = new double[3];
            double[] c = new double[3];
            for (int t = 0; t < 5; t++) {
                double[] given = given(layers, x, example * 5 + t, h, 12, 3);
                double[] next = new double[3];
                for (int j = 0; j < 3; j++) {
                    c[j] = sigmoid(given[3 + j]) * c[j] + sigmoid(given[j]) * StrictMath.tanh(given[6 + j]);
                    next[j] = sigmoid(given[9 + j]) * StrictMath.tanh(c[j]);
                    assertThat(found[(example * 5 + t) * 3 + j]).isCloseTo(next[j], within(1e-13));
                }
                h = next;
            }
        }
    }

    /** W x_t + U h + b for rows of two inputs. */
    private static double[] given(Layers layers, double[] x, int row, double[] h, int gates, int units) {
        double[] ofInput = layers.get("layers.0.weight_ih.weight");
        double[] ofState = layers.get("layers.0.weight_hh.weight");
        double[] given = layers.get("layers.0.bias");
        for (int g = 0; g < gates; g++) {
            for (int j = 0; j < 2; j++) {
                given[g] += ofInput[g * 2 + j] * x[row * 2 + j];
            }
            for (int j = 0; j < units; j++) {
                given[g] += ofState[g * units + j] * h[j];
            }
        }
        return given;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    @Test
    void anOpenForgetGateAndAClosedInputGateKeepTheMemoryExactly() {
        // The input gate is open where x = 1 and closed where x = -1; forget and output gates are open.
        Layers layers = recurrent(new Lstm(1), 6, 1, 1)
                .set("layers.0.weight_ih.weight", 900, 0, 0, 0)
                .set("layers.0.weight_hh.weight", 0, 0, 0, 0)
                .set("layers.0.bias", 0, 900, 0.7, 900);
        double[] found = layers.of(1, -1, -1, -1, -1, -1);
        assertThat(found[0]).isCloseTo(StrictMath.tanh(StrictMath.tanh(0.7)), within(1e-14));
        for (double value : found) {
            assertThat(value).isEqualTo(found[0]);
        }
    }

    @Test
    void unrolledFurtherItStartsWithTheSameBits() {
        for (Layer layer : new Layer[] {new Lstm(4), new Rnn(4, Rnn.Phi.TANH)}) {
            double[] x = Layers.numbers(14);
            double[] whole = recurrent(layer, 7, 2, 4).of(x);
            for (int positions = 1; positions < 7; positions++) {
                double[] part = recurrent(layer, positions, 2, 4).of(Arrays.copyOf(x, 2 * positions));
                assertThat(part).isEqualTo(Arrays.copyOf(whole, 4 * positions));
            }
        }
    }

    @Test
    void gradientsThroughTimeAreThoseOfCentralDifferences() {
        double[] x = Layers.numbers(20);
        for (Layer layer : new Layer[] {new Lstm(3), new Rnn(3, Rnn.Phi.TANH), new Rnn(3, Rnn.Phi.LINEAR)}) {
            Layers layers = recurrent(layer, 5, 2, 3);
            assertThat(layers.gradientError(x)).isLessThan(1e-7);
            assertThat(layers.secondOrderError("layers.0.weight_hh.weight", x)).isLessThan(1e-6);
        }
    }

    @Test
    void startsOrthogonalWithAnOpenForgetGate() {
        Layers layers = Layers.of(Shape.of(3, 2), 12, new Lstm(4), new Positionwise(4));
        assertThat(layers.get("layers.0.bias")).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        double[] weight = layers.get("layers.0.weight_hh.weight");
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double product = 0;
                for (int row = 0; row < 16; row++) {
                    product += weight[row * 4 + a] * weight[row * 4 + b];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-12));
            }
        }
        assertThat(layers.network.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "layers.0.weight_ih.weight", "layers.0.weight_hh.weight", "layers.0.bias", "layers.1.weight");
    }

    @Test
    void isNoOutputLayer() {
        assertThatThrownBy(() -> Layers.of(Shape.of(3, 2), 12, new Lstm(4)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the last layer with weights must be dense, conv, local or positionwise");
    }
}
