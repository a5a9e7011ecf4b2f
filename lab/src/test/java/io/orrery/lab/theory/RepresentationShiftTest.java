package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.GaussHermite;
import org.junit.jupiter.api.Test;

final class RepresentationShiftTest {
    @Test
    void twoExamplesByHand() {
        RepresentationShift shift = new RepresentationShift(2, 3);
        assertThat(shift.divergence(1)).isCloseTo(Math.log(2) / 2, within(1e-15));
        assertThat(shift.divergence(4)).isCloseTo(2 * Math.log(2), within(1e-14));
        assertThat(shift.divergenceOfSpread(1)).isCloseTo(Math.log(2) / 2 - 0.25, within(1e-15));
        double contraction = 1 - Math.sqrt(0.5);
        assertThat(shift.squaredWassersteinOfSpread(2)).isCloseTo(36 * contraction * contraction, within(1e-13));
        assertThat(shift.squaredWasserstein(2)).isCloseTo(36 * (0.5 + contraction * contraction), within(1e-13));
        assertThat(RepresentationShift.gap(0.5)).isEqualTo(0.5);
    }

    /** In one dimension: the divergence of N(m, c) from N(0, 1) is (c + m^2 - 1 - ln c) / 2, and m is normal with variance 1/n. */
    @Test
    void theMeanOverTrainingMeansByQuadrature() {
        double c = 1 - 1 / 7.0;
        double mean = GaussHermite.of(32).mean(u -> (c + u * u / 7 - 1 - Math.log(c)) / 2);
        assertThat(new RepresentationShift(7, 1).divergence(1)).isCloseTo(mean, within(1e-13));
        double wasserstein = GaussHermite.of(32).mean(u -> u * u / 7 + Math.pow(1 - Math.sqrt(c), 2));
        assertThat(new RepresentationShift(7, 1).squaredWasserstein(1)).isCloseTo(wasserstein, within(1e-13));
    }
}
