package io.orrery.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.instrument.Observer.Extent;
import io.orrery.lab.model.Mlp;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookBudgetTest {
    private static final int LOOKS = 40;

    private final Instrument everything = new Everything();

    @Test
    void cheapPartsAreShownAtEveryLook() {
        LookBudget budget = budget(8, 1e6);
        for (int look = 0; look < LOOKS; look++) {
            assertThat(budget.due(everything, look)).isTrue();
            assertThat(budget.thorough(look)).isTrue();
        }
        assertThat(budget.extent(10, true, false)).isEqualTo(Extent.WHOLE);
        assertThat(budget.extent(11, false, false)).isEqualTo(Extent.SAMPLE);
    }

    /** 2,600 examples: gradients take three passes of 2 * 100,000 * 13 FLOPs on more than 1,000 of them, about 1e10 a look. */
    @Test
    void costlyPartsAreShownAsOftenAsTheRunIsLong() {
        int seldom = shown(budget(100_000, 1e12));
        int more = shown(budget(100_000, 3e13));
        assertThat(seldom).isPositive().isLessThan(more);
        assertThat(more).isLessThan(LOOKS);
        assertThat(shown(budget(100_000, 1e17))).isEqualTo(LOOKS);
        assertThat(shown(LookBudget.unlimited())).isEqualTo(LOOKS);
    }

    @Test
    void aShortRunTakesLossAndAccuracyOnTheProbeBetweenThoroughLooks() {
        LookBudget costly = budget(100_000, 1e12);
        assertThat(costly.extent(11, false, false)).isEqualTo(Extent.PROBE);
        assertThat(costly.extent(10, true, false)).isEqualTo(Extent.SAMPLE);
        assertThat(costly.extent(10, true, true)).isEqualTo(Extent.WHOLE);
        LookBudget cheap = budget(100_000, 1e17);
        assertThat(cheap.extent(11, false, false)).isEqualTo(Extent.SAMPLE);
        assertThat(cheap.extent(10, true, false)).isEqualTo(Extent.WHOLE);
    }

    /** 5,200 examples of 2.6e6 FLOPs are 1.4e10: next to nothing of 1e17, more than the looks of 1e12 may cost. */
    @Test
    void theFirstLookTakesLossAndAccuracyOnAllExamplesOnlyIfTheRunIsLong() {
        assertThat(budget(100_000, 1e12).extent(0, true, false)).isEqualTo(Extent.PROBE);
        assertThat(budget(100_000, 1e12).extent(LOOKS - 1, true, true)).isEqualTo(Extent.WHOLE);
        assertThat(budget(100_000, 1e17).extent(0, true, false)).isEqualTo(Extent.WHOLE);
        assertThat(LookBudget.unlimited().extent(0, true, false)).isEqualTo(Extent.WHOLE);
    }

    @Test
    void tenthLooksAreThoroughAsOftenAsTheRunIsLong() {
        LookBudget costly = budget(100_000, 1e12);
        assertThat(costly.thorough(0)).isTrue();
        assertThat(costly.thorough(10) && costly.thorough(20) && costly.thorough(30))
                .isFalse();
        LookBudget cheap = budget(100_000, 1e17);
        assertThat(cheap.thorough(10) && cheap.thorough(20) && cheap.thorough(30))
                .isTrue();
    }

    private int shown(LookBudget budget) {
        int count = 0;
        for (int look = 0; look < LOOKS; look++) {
            count += budget.due(everything, look) ? 1 : 0;
        }
        return count;
    }

    private LookBudget budget(int width, double trainingFlops) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(width));
        Trainer trainer = new Trainer(
                spec.build(), 1, TestSpec.clusters(3, 2600, Shape.of(10), 0.3, 1), List.of(), Workers.single());
        return LookBudget.of(trainer.observer(), List.of(everything), LOOKS, trainingFlops);
    }
}
