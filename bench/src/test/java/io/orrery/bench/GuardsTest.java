package io.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GuardsTest {
    private static final Bench MACHINE = new Bench(100, 20, true, false);

    @Test
    void aKernelFallsBelowSixTenthsOfItsShare() {
        Guard guard = new Guard("product", Guard.Limit.PEAK, 0.5, 0.8, () -> () -> {});
        assertThat(guard.share(0.01, MACHINE)).isEqualTo(0.5, within(1e-12));
        assertThat(guard.falls(0.5)).isFalse();
        assertThat(guard.falls(0.47)).isTrue();
        assertThat(guard.falls(Double.NaN)).isTrue();
        assertThat(new Guard("copy", Guard.Limit.BANDWIDTH, 0.5, 0.8, () -> () -> {}).share(0.05, MACHINE))
                .isEqualTo(0.5, within(1e-12));
    }

    @Test
    void namesAreUniqueAndEveryGuardedKernelRuns() {
        assertThat(Guards.all()).extracting(Guard::name).doesNotHaveDuplicates();
        for (Guard guard : Guards.all()) {
            guard.work().get().run();
        }
    }
}
