package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.GaussHermite;
import io.orrery.lab.math.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransformerSignalTest {
    /** One token attends to itself: nothing is random. */
    @Test
    void oneTokenByHand() {
        TransformerSignal theory = new TransformerSignal(0.7, 0.4, 1);
        List<Matrix> grams = theory.forward(new Matrix(1, 1, new double[] {2}), 2);
        assertThat(grams.stream().map(gram -> gram.at(0, 0))).hasSize(5);
        assertThat(grams.get(1).at(0, 0)).isCloseTo(2.7, within(1e-14));
        assertThat(grams.get(2).at(0, 0)).isCloseTo(2.9, within(1e-14));
        assertThat(grams.get(4).at(0, 0)).isCloseTo(3.8, within(1e-14));
        double expected = (1 + 0.7 / 2) * (1 + 0.2 / 2.7) * (1 + 0.7 / 2.9) * (1 + 0.2 / 3.6);
        assertThat(theory.backward(grams, true)[0]).isCloseTo(expected, within(1e-13));
        assertThat(theory.backward(grams, true)[4]).isEqualTo(1);
    }

    /** Of two tokens a row of the softmax is (p, 1 - p), p the logistic function of a normal number of variance 2 (1 - c). */
    @Test
    void twoTokensByQuadrature() {
        double c = 0.3;
        GaussHermite quadrature = GaussHermite.of(64);
        double same = quadrature.mean(u -> {
            double p = logistic(u * Math.sqrt(2 * (1 - c)));
            return p * p + (1 - p) * (1 - p);
        });
        double squared = quadrature.mean(u -> {
            double p = logistic(u * Math.sqrt(2 * (1 - c)));
            return p * p * (1 - p) * (1 - p);
        });
        TransformerSignal theory = new TransformerSignal(1, 0, 20_000);
        List<Matrix> grams = theory.forward(new Matrix(2, 2, new double[] {1, c, c, 1}), 1);
        double mixed = same + (1 - same) * c;
        assertThat((grams.get(1).at(0, 0) + grams.get(1).at(1, 1)) / 2).isCloseTo(1 + mixed, within(0.005));
        assertThat(theory.backward(grams, false)[0]).isCloseTo(1 + same, within(0.005));
        double queries = 4 * squared * (1 - c) * (1 - c);
        double keys = 4 * squared * (1 - c);
        assertThat(theory.backward(grams, true)[0]).isCloseTo(1 + same + queries + keys, within(0.005));
    }

    @Test
    void theSecondPartIsTheMeanOfRectifiedNormals() {
        double c = -0.4;
        TransformerSignal theory = new TransformerSignal(0, 1, 1);
        Matrix after =
                theory.forward(new Matrix(2, 2, new double[] {1, c, c, 1}), 1).getLast();
        assertThat(after.at(0, 0)).isCloseTo(1.5, within(1e-14));
        double closed = (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / (2 * Math.PI);
        assertThat(after.at(0, 1)).isCloseTo(c + closed, within(1e-14));
        double drawn = GaussHermite.of(128).mean((u, v) -> Math.max(0, u) * Math.max(0, v), c);
        assertThat(closed).isCloseTo(drawn, within(0.005));
    }

    @Test
    void rowsOfTheSoftmaxSumToOneEvenIfLogitsAreLarge() {
        Matrix softmax = TransformerSignal.softmax(new Matrix(1, 2, new double[] {1000, 1000 + Math.log(3)}));
        assertThat(softmax.values()).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
