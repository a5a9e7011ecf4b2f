package io.orrery.lab.theory.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
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

    /** P1: Euler steps of 1e-3 up to time 10, and the end of the path. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1e-1})
    void explicitStepsFollowTheirOwnClosedFormAndTheFlow(double lambda) {
        double[] path = RhoDynamics.trajectory(10_000, 1e-3, 3, 0.4, 0.2, lambda);
        assertThat(path).hasSize(10_001);
        for (int step = 0; step <= 10_000; step += 100) {
            double discrete = RhoDynamics.afterSteps(step, 1e-3, 3, 0.4, 0.2, lambda);
            double flow = RhoDynamics.at(step * 1e-3, 3, 0.4, 0.2, lambda);
            assertThat(path[step]).isCloseTo(discrete, within(1e-11)).isCloseTo(flow, within(1e-3 * flow));
        }
        assertThat(RhoDynamics.afterSteps(1_000_000, 1e-3, 3, 0.4, 0.2, lambda))
                .isCloseTo(RhoDynamics.equilibrium(0.4, 0.2, lambda), within(1e-6));
    }

    /** P3's reference values: rho 3.732, mu 0.2099, s 0.0467, loss 0.21662 at lambda = 0.01. */
    @Test
    void theReferenceEquilibrium() {
        double second = 0.2099 * 0.2099 + 0.0467 * 0.0467;
        assertThat(RhoDynamics.equilibrium(0.2099, second, 1e-2)).isCloseTo(3.732, within(2e-3));
        assertThat(RhoDynamics.minimalLoss(0.2099, second, 1e-2)).isCloseTo(0.21662, within(2e-4));
    }

    @Test
    void lossMultiplierAndStep() {
        assertThat(RhoDynamics.loss(2, 0.5, 0.3, 0.1)).isCloseTo(0.6, within(1e-15));
        assertThat(RhoDynamics.loss(1.25, 0.5, 0.3, 0.1))
                .isCloseTo(RhoDynamics.minimalLoss(0.5, 0.3, 0.1), within(1e-15));
        assertThat(RhoDynamics.multiplier(2, 0.5, 0.3)).isCloseTo(-0.2, within(1e-15));
        assertThat(RhoDynamics.multiplier(1.25, 0.5, 0.3)).isCloseTo(0.1 * 1.25 * 1.25, within(1e-15));
        assertThat(RhoDynamics.advisedStep(2)).isEqualTo(0.05);
        assertThat(RhoDynamics.advisedStep(80)).isEqualTo(0.0125);
    }

    /** Margins 0.1 and 0.3: mu = 0.2, M = 0.05, s = 0.1. Outputs (0.5, 0.1) and (0.2, 0.4) of classes 0 and 1. */
    @Test
    void momentsOfMargins() {
        MarginMoments binary = MarginMoments.ofMargins(new double[] {0.1, 0.3});
        assertThat(binary.mean()).isCloseTo(0.2, within(1e-15));
        assertThat(binary.secondMoment()).isCloseTo(0.05, within(1e-15));
        assertThat(binary.spread()).isCloseTo(0.1, within(1e-15));
        assertThat(binary.equilibrium(0.05)).isCloseTo(2, within(1e-14));
        MarginMoments several =
                MarginMoments.ofOutputs(new Matrix(2, 2, new double[] {0.5, 0.1, 0.2, 0.4}), new int[] {0, 1});
        assertThat(several.mean()).isCloseTo(0.45, within(1e-15));
        assertThat(several.secondMoment()).isCloseTo(0.23, within(1e-15));
        assertThatThrownBy(() -> MarginMoments.ofOutputs(Matrix.zeros(2, 2), new int[] {0}))
                .hasMessage("expected a label for each of 2 outputs, found 1");
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
