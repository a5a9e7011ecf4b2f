package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.attention.LinearMix;
import io.orrery.lab.model.attention.Mix;
import io.orrery.lab.model.attention.SoftmaxMix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {
    private static final int POSITIONS = 5;
    private static final int FEATURES = 4;
    private static final Shape SEQUENCE = Shape.of(POSITIONS, FEATURES);

    static List<Mix> mixes() {
        return List.of(new SoftmaxMix(), new LinearMix());
    }

    private static Layers attention(boolean causal, Mix mix) {
        return Layers.of(SEQUENCE, SEQUENCE.count(), new Attention(2, causal, false, mix))
                .drawn(3);
    }

    @Test
    void twoUnitVectorsReadThemselvesBySoftmaxOfOne() {
        Layers layers = Layers.of(Shape.of(2, 2), 4, new Attention(1, false, false, Mix.standard()));
        // Scores are divided by sqrt(2); W_Q makes up for it, so that they are 1 and 0.
        layers.set("layers.0.q_proj.weight", Layers.diagonal(2, Math.sqrt(2)));
        for (String identity : List.of("k_proj", "v_proj", "out_proj")) {
            layers.set("layers.0." + identity + ".weight", Layers.diagonal(2, 1));
        }
        double[] found = layers.of(1, 0, 0, 1);
        assertThat(found[0]).isCloseTo(0.7310585786300049, within(1e-15));
        assertThat(found[1]).isCloseTo(1 - 0.7310585786300049, within(1e-15));
        assertThat(found[3]).isCloseTo(0.7310585786300049, within(1e-15));
    }

    @Test
    void withoutQueriesEveryPositionReadsTheMeanOfTheValues() {
        Layers layers = attention(false, Mix.standard())
                .set("layers.0.q_proj.weight", new double[16])
                .set("layers.0.v_proj.weight", Layers.diagonal(4, 1))
                .set("layers.0.out_proj.weight", Layers.diagonal(4, 1));
        double[] x = Layers.numbers(20);
        double[] found = layers.of(x);
        for (int position = 0; position < POSITIONS; position++) {
            for (int j = 0; j < FEATURES; j++) {
                double mean = (x[j] + x[4 + j] + x[8 + j] + x[12 + j] + x[16 + j]) / 5;
                assertThat(found[position * 4 + j]).isCloseTo(mean, within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void permutedPositionsGivePermutedResults(Mix mix) {
        Layers layers = attention(false, mix);
        double[] x = Layers.numbers(20);
        double[] permuted = permuted(x);
        double[] expected = permuted(layers.of(x));
        double[] found = layers.of(permuted);
        for (int i = 0; i < 20; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(Arrays.equals(found, layers.of(x))).isFalse();
    }

    private static double[] permuted(double[] rows) {
        int[] order = {3, 0, 4, 1, 2};
        double[] permuted = new double[rows.length];
        for (int i = 0; i < POSITIONS; i++) {
            System.arraycopy(rows, order[i] * FEATURES, permuted, i * FEATURES, FEATURES);
        }
        return permuted;
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aCausalPositionDoesNotSeeWhatComesAfterIt(Mix mix) {
        Layers layers = attention(true, mix);
        double[] before = layers.of(Layers.numbers(20));
        double[] x = Layers.numbers(20);
        for (int j = 12; j < 16; j++) {
            x[j] = 5 - 3 * x[j];
        }
        double[] after = layers.of(x);
        assertThat(Arrays.copyOf(after, 12)).isEqualTo(Arrays.copyOf(before, 12));
        for (int j = 12; j < 20; j++) {
            assertThat(after[j]).isNotEqualTo(before[j]);
        }
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void isWhatPlainLoopsGive(Mix mix) {
        for (boolean causal : new boolean[] {false, true}) {
            Layers layers = attention(causal, mix);
            double[] x = Layers.numbers(40);
            double[] found = layers.of(x);
            for (int example = 0; example < 2; example++) {
                double[] one = Arrays.copyOfRange(x, example * 20, example * 20 + 20);
                double[] expected = byLoops(layers, one, causal, mix instanceof SoftmaxMix);
                for (int i = 0; i < 20; i++) {
                    assertThat(found[example * 20 + i]).isCloseTo(expected[i], within(1e-13));
                }
            }
        }
    }

    private static double[] byLoops(Layers layers, double[] x, boolean causal, boolean softmax) {
        double[] q = mapped(x, layers.get("layers.0.q_proj.weight"));
        double[] k = mapped(x, layers.get("layers.0.k_proj.weight"));
        double[] v = mapped(x, layers.get("layers.0.v_proj.weight"));
        double[] mixed = new double[20];
        for (int head = 0; head < 2; head++) {
            for (int i = 0; i < POSITIONS; i++) {
                double sum = 0;
                double[] top = new double[2];
                for (int j = 0; j < (causal ? i + 1 : POSITIONS); j++) {
                    double score = 0;
                    for (int c = 2 * head; c < 2 * head + 2; c++) {
                        score += softmax ? q[i * 4 + c] * k[j * 4 + c] : phi(q[i * 4 + c]) * phi(k[j * 4 + c]);
                    }
                    double weight = softmax ? Math.exp(score / Math.sqrt(2)) : score;
                    sum += weight;
                    top[0] += weight * v[j * 4 + 2 * head];
                    top[1] += weight * v[j * 4 + 2 * head + 1];
                }
                mixed[i * 4 + 2 * head] = top[0] / sum;
                mixed[i * 4 + 2 * head + 1] = top[1] / sum;
            }
        }
        return mapped(mixed, layers.get("layers.0.out_proj.weight"));
    }

    private static double phi(double x) {
        return x > 0 ? x + 1 : Math.exp(x);
    }

    /** Rows times the transpose of a 4 x 4 matrix. */
    private static double[] mapped(double[] rows, double[] matrix) {
        double[] result = new double[rows.length];
        for (int i = 0; i < rows.length / 4; i++) {
            for (int o = 0; o < 4; o++) {
                for (int c = 0; c < 4; c++) {
                    result[i * 4 + o] += rows[i * 4 + c] * matrix[o * 4 + c];
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void gradientsAreThoseOfCentralDifferences(Mix mix) {
        Layers layers =
                Layers.of(Shape.of(3, 4), 12, new Attention(2, true, true, mix)).drawn(5);
        double[] x = Layers.numbers(24);
        assertThat(layers.gradientError(x)).isLessThan(1e-8);
        for (String part : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
            assertThat(layers.secondOrderError("layers.0." + part + ".weight", x))
                    .isLessThan(1e-7);
        }
    }

    @Test
    void refusesWhatIsNoSequenceAndFeaturesThatHeadsCannotShare() {
        assertThatThrownBy(() -> Layers.of(Shape.of(6), 6, Attention.defaults()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "layers.0: attention needs a sequence [positions, features], but its input is [6]");
        assertThatThrownBy(() -> Layers.of(Shape.of(2, 5), 10, Attention.defaults()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("5 features cannot be divided among 2 heads");
    }

    @Test
    void isNoHomogeneousNetwork() {
        assertThat(attention(false, Mix.standard()).network.homogeneous()).isFalse();
    }

    @Test
    void countsTheProductsOfScoresAndMixesToo() {
        // Four maps of 5 x 4 x 4, scores of 2 heads 5 x 5 x 2, and the mix of as many: multiply-adds count 2.
        assertThat(attention(false, Mix.standard()).network.flops()).isEqualTo(2 * (4 * 80 + 100 + 100));
    }
}
