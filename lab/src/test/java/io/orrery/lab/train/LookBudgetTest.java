package io.orrery.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.model.Mlp;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookBudgetTest {
    private final Instrument everything = new Everything();

    @Test
    void cheapPartsAreShownAtEveryLook() {
        Trainer trainer = trainer(8);
        LookBudget budget = LookBudget.of(trainer.observer(), 40, 1e6);
        for (int look = 0; look < 40; look++) {
            assertThat(budget.due(everything, look)).isTrue();
        }
        assertThat(budget.whole(false)).isTrue();
    }

    @Test
    void costlyPartsAreShownAsOftenAsTheRunIsLong() {
        Trainer trainer = trainer(20000);
        // 600 gradients at three passes of 2 * 20,000 * 13 FLOPs: about 1e9 a look.
        assertThat(LookBudget.of(trainer.observer(), 40, 1e9).due(everything, 1))
                .isFalse();
        assertThat(LookBudget.of(trainer.observer(), 40, 1e9).due(everything, 0))
                .isTrue();
        assertThat(LookBudget.of(trainer.observer(), 40, 1e14).due(everything, 1))
                .isTrue();
        assertThat(LookBudget.unlimited().due(everything, 1)).isTrue();
    }

    private static Trainer trainer(int width) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(width));
        return new Trainer(
                spec.build(), 1, TestSpec.clusters(3, 600, Shape.of(10), 0.3, 1), List.of(), Workers.single());
    }
}
