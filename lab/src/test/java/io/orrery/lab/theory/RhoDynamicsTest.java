package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RhoDynamicsTest {
    /** mu = 0.5, M = 0.3, lambda = 0.1: rho_eq = 0.5 / 0.4, least loss 1 - 0.25 / 0.4. */
    @Test
    void byHand() {
        assertThat(RhoDynamics.equilibrium(0.5, 0.3, 0.1)).isCloseTo(1.25, within(1e-15));
        assertThat(RhoDynamics.minimalLoss(0.5, 0.3, 0.1)).isCloseTo(0.375, within(1e-15));
        assertThat(RhoDynamics.rate(2, 0.5, 0.3, 0.1)).isCloseTo(-0.6, within(1e-15));
        assertThat(RhoDynamics.rate(1.25, 0.5, 0.3, 0.1)).isCloseTo(0, within(1e-15));
        assertThat(RhoDynamics.relaxation(0.3, 0.1, 5)).isCloseTo(4, within(1e-15));
        assertThat(RhoDynamics.at(5, 2, 0.5, 0.3, 0.1)).isCloseTo(1.25 + 0.75 * Math.exp(-4), within(1e-15));
        assertThat(RhoDynamics.quasiInterpolationGap(0.5, 0.25)).isEqualTo(0.5);
    }

    /** (2.9) is the loss 1 - 2 rho mu + rho^2 (M + lambda) at (2.8). */
    @Test
    void theLeastLossIsTheLossAtTheEquilibrium() {
        double rho = RhoDynamics.equilibrium(0.2099, 0.0462, 0.01);
        double loss = 1 - 2 * rho * 0.2099 + rho * rho * (0.0462 + 0.01);
        assertThat(RhoDynamics.minimalLoss(0.2099, 0.0462, 0.01)).isCloseTo(loss, within(1e-14));
    }

    /** P1 of the core theory: Euler steps of the rate against the closed form. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1e-1})
    void theClosedFormSolvesTheFlow(double lambda) {
        double rho = 3;
        for (int step = 0; step < 100_000; step++) {
            rho += 1e-4 * RhoDynamics.rate(rho, 0.4, 0.2, lambda);
        }
        assertThat(rho).isCloseTo(RhoDynamics.at(10, 3, 0.4, 0.2, lambda), within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void theBalancedPointBalances(int layers) {
        double rho = RhoDynamics.balancedEquilibrium(0.5, 0.3, 0.01, layers);
        assertThat(0.5 - rho * 0.3).isCloseTo(0.01 * Math.pow(rho, 2.0 / layers - 1), within(1e-12));
        assertThat(rho).isLessThan(0.5 / 0.3).isGreaterThan(1);
    }

    @Test
    void decayThatIsTooStrongLeavesNoBalancedPoint() {
        assertThat(RhoDynamics.balancedEquilibrium(0.5, 0.3, 0.6, 2)).isZero();
        assertThat(RhoDynamics.balancedEquilibrium(0.5, 0.3, 5, 4)).isZero();
        // Two layers: mu - rho M = lambda.
        assertThat(RhoDynamics.balancedEquilibrium(0.5, 0.3, 0.2, 2)).isCloseTo(1, within(1e-12));
        assertThat(RhoDynamics.balancedEquilibrium(-0.5, 0.3, 0.1, 3)).isZero();
    }

    @Test
    void plateausOfOrthogonalFrames() {
        assertThat(CollapseTheory.selfDualityPlateau(3)).isCloseTo(0.3670068381, within(1e-10));
        assertThat(CollapseTheory.selfDualityPlateau(4)).isCloseTo(0.2679491924, within(1e-10));
        assertThat(CollapseTheory.selfDualityPlateau(10)).isCloseTo(0.1026334039, within(1e-10));
        assertThat(CollapseTheory.orthogonalFrameAngle(5)).isEqualTo(0.25);
    }
}
