package io.orrery.lab.theory.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReluKernelsTest {
    /** At 60 degrees kappa_1 = sqrt 3 / (2 pi) + 1/3 and kappa_0 = 2/3: Theta_1 = kappa_1 + 1/2 2/3. */
    @Test
    void oneLayerByHand() {
        double process = Math.sqrt(3) / (2 * Math.PI) + 1 / 3.0;
        ReluKernels kernels = ReluKernels.of(0.5, 1);
        assertThat(kernels.process()).isCloseTo(process, within(1e-15));
        assertThat(kernels.tangent()).isCloseTo(process + 1 / 3.0, within(1e-15));
    }

    /** Of an input with itself Sigma stays 1 and Theta counts the layers of weights. */
    @Test
    void theDiagonalCountsLayers() {
        assertThat(ReluKernels.of(1, 4)).isEqualTo(new ReluKernels(1, 5));
        assertThat(ReluKernels.of(0.3, 0)).isEqualTo(new ReluKernels(0.3, 0.3));
    }
}
