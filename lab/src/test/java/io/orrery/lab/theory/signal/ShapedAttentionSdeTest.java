package io.orrery.lab.theory.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import org.junit.jupiter.api.Test;

class ShapedAttentionSdeTest {
    private static final ShapedAttentionSde SDE = new ShapedAttentionSde(0.5, 0.8);
    private static final Matrix V = new Matrix(3, 3, new double[] {1, 0.2, 0.5, 0.2, 0.7, -0.1, 0.5, -0.1, 1.4});

    /** One token: attention is 1, there is no drift, and the variance is 2 m (2 - m) V^2. */
    @Test
    void oneToken() {
        Matrix one = new Matrix(1, 1, new double[] {2});
        assertThat(SDE.drift(one).values()).containsExactly(0);
        Matrix next = SDE.step(one, 0.01, new Matrix(1, 1, new double[] {1}), new Matrix(1, 1, new double[] {1}));
        assertThat(next.at(0, 0)).isCloseTo(2 + 0.1 * Math.sqrt(2 * 0.5 * 1.5) * 2, within(1e-14));
    }

    /** Two alike tokens, V = I: Vc = I - J/2, tr(V Vc) / T^2 = 1/4, s = 0. */
    @Test
    void twoTokensByHand() {
        Matrix identity = new Matrix(2, 2, new double[] {1, 0, 0, 1});
        double expected = 0.5 / 0.64 / 4;
        assertThat(SDE.drift(identity).values())
                .containsExactly(new double[] {expected, 0, 0, expected}, within(1e-15));
    }

    /** Covariances of steps at one place against the formula, element by element. */
    @Test
    void theNoiseHasItsCovariance() {
        int draws = 60_000;
        double[] moments = new double[81];
        for (int draw = 0; draw < draws; draw++) {
            double[] noise = RandomStream.of(1, "noise").normals(draw, 18);
            Matrix first = new Matrix(3, 3, java.util.Arrays.copyOf(noise, 9));
            Matrix second = new Matrix(3, 3, java.util.Arrays.copyOfRange(noise, 9, 18));
            double[] up = SDE.step(V, 1, first, second).values();
            double[] drift = SDE.drift(V).values();
            for (int i = 0; i < 9; i++) {
                for (int k = 0; k < 9; k++) {
                    moments[i * 9 + k] +=
                            (up[i] - V.values()[i] - drift[i]) * (up[k] - V.values()[k] - drift[k]) / draws;
                }
            }
        }
        Matrix centred = Products.centred(Products.transposed(Products.centred(V)));
        Matrix k = Products.times(Products.times(V, centred), V);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                for (int d = 0; d < 3; d++) {
                    for (int w = 0; w < 3; w++) {
                        double plain = V.at(a, d) * V.at(b, w) + V.at(a, w) * V.at(b, d);
                        double attention = V.at(a, d) * k.at(b, w)
                                + V.at(a, w) * k.at(b, d)
                                + V.at(b, d) * k.at(a, w)
                                + V.at(b, w) * k.at(a, d);
                        double law = 0.5 * 1.5 * plain + 0.25 / (9 * 0.64) * attention;
                        assertThat(moments[(a * 3 + b) * 9 + d * 3 + w]).isCloseTo(law, within(0.06));
                    }
                }
            }
        }
    }

    @Test
    void rootsOfCovariances() {
        Matrix root = ShapedAttentionSde.root(V);
        assertThat(Products.timesTransposed(root, root).values()).containsExactly(V.values(), within(1e-14));
        Matrix flat = new Matrix(2, 2, new double[] {4, 4, 4, 4});
        assertThat(ShapedAttentionSde.root(flat).values()).containsExactly(2, 0, 2, 0);
    }
}
