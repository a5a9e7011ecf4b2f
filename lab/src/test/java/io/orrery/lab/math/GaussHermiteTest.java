package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussHermiteTest {
    private static final GaussHermite RULE = GaussHermite.of(64);

    /** h_3 is proportional to x^3 - 3 x: nodes -sqrt 3, 0, sqrt 3 with weights 1/6, 2/3, 1/6. */
    @Test
    void threeNodesByHand() {
        GaussHermite three = GaussHermite.of(3);
        assertThat(three.nodes()).containsExactly(new double[] {-Math.sqrt(3), 0, Math.sqrt(3)}, within(1e-15));
        assertThat(three.weights()).containsExactly(new double[] {1 / 6.0, 2 / 3.0, 1 / 6.0}, within(1e-15));
        assertThat(GaussHermite.of(1).nodes()).containsExactly(0);
        assertThat(GaussHermite.of(1).weights()).containsExactly(1);
    }

    @Test
    void momentsOfTheNormalDistribution() {
        assertThat(RULE.mean(_ -> 1)).isCloseTo(1, within(1e-14));
        assertThat(RULE.mean(u -> u * u)).isCloseTo(1, within(1e-13));
        assertThat(RULE.mean(u -> u * u * u * u)).isCloseTo(3, within(1e-12));
        assertThat(RULE.mean(u -> u * u * u)).isCloseTo(0, within(1e-13));
        // E u^20 = 19!!
        assertThat(RULE.mean(u -> StrictMath.pow(u, 20))).isCloseTo(654729075, within(1e-3));
    }

    /** E cos(a u) = exp(-a^2/2), E exp(a u) = exp(a^2/2). */
    @Test
    void smoothFunctions() {
        assertThat(RULE.mean(u -> StrictMath.cos(2 * u))).isCloseTo(StrictMath.exp(-2), within(1e-14));
        assertThat(RULE.mean(u -> StrictMath.exp(3 * u))).isCloseTo(StrictMath.exp(4.5), within(1e-11));
    }

    /** E u^2 v^2 = 1 + 2 c^2 (Wick), E sin u sin v = e^-1 sinh c. */
    @Test
    void correlatedPairs() {
        for (double c : new double[] {-1, -0.4, 0, 0.7, 1}) {
            assertThat(RULE.mean((u, v) -> u * u * v * v, c)).isCloseTo(1 + 2 * c * c, within(1e-12));
            assertThat(RULE.mean((u, v) -> StrictMath.sin(u) * StrictMath.sin(v), c))
                    .isCloseTo(StrictMath.exp(-1) * StrictMath.sinh(c), within(1e-14));
        }
    }

    @Test
    void moreNodesThanDoublesCanWeighAreRefused() {
        assertThat(GaussHermite.of(200).mean(u -> u * u)).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> GaussHermite.of(201)).hasMessage("expected 1 to 200 nodes, found 201");
        assertThatThrownBy(() -> GaussHermite.of(0)).hasMessage("expected 1 to 200 nodes, found 0");
    }
}
