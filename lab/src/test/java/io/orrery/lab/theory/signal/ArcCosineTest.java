package io.orrery.lab.theory.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArcCosineTest {
    /** At 60 degrees: kappa_0 = 2/3, kappa_1 = sqrt 3 / (2 pi) + 1/3; at right angles 1/2 and 1/pi. */
    @Test
    void valuesByHand() {
        assertThat(ArcCosine.zeroth(0.5)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(ArcCosine.first(0.5)).isCloseTo(Math.sqrt(3) / (2 * Math.PI) + 1 / 3.0, within(1e-15));
        assertThat(ArcCosine.zeroth(0)).isCloseTo(0.5, within(1e-15));
        assertThat(ArcCosine.first(0)).isCloseTo(1 / Math.PI, within(1e-15));
        assertThat(ArcCosine.zeroth(1)).isEqualTo(1);
        assertThat(ArcCosine.first(1)).isEqualTo(1);
        assertThat(ArcCosine.zeroth(-1)).isZero();
        assertThat(ArcCosine.first(-1)).isCloseTo(0, within(1e-15));
        assertThat(ArcCosine.first(1 + 1e-15)).isCloseTo(1, within(1e-14));
    }

    /** In polar coordinates E relu(U) relu(V) = (1/pi) times the integral of relu(cos t) relu(cos(t - angle)) over the circle. */
    @Test
    void theIntegralOverTheCircle() {
        for (double angle : new double[] {0.3, 1, 2, 3}) {
            int nodes = 200_000;
            double zeroth = 0;
            double first = 0;
            for (int i = 0; i < nodes; i++) {
                double t = 2 * Math.PI * (i + 0.5) / nodes;
                double one = Math.cos(t);
                double other = Math.cos(t - angle);
                if (one > 0 && other > 0) {
                    zeroth += 2.0 / nodes;
                    first += 4 * one * other / nodes;
                }
            }
            assertThat(ArcCosine.zeroth(Math.cos(angle))).isCloseTo(zeroth, within(2e-5));
            assertThat(ArcCosine.first(Math.cos(angle))).isCloseTo(first, within(1e-8));
        }
    }
}
