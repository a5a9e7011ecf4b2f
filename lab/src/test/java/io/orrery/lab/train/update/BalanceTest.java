package io.orrery.lab.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.LossSpec.Reduction;
import io.orrery.lab.train.loss.LossSpec.Targets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Core theory (2.13) and (2.14): differences of squared norms decay as exp(-4 lambda t), whatever the data. */
final class BalanceTest {
    private static final int STEPS = 5000;
    private static final double RATE = 1e-3;
    private static final double LAMBDA = 5e-3;

    @Test
    void differencesOfLayerNormsDecayExactly() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(8, 8));
        spec.loss = new LossSpec(LossSpec.Kind.SQUARE, Targets.SINGLE, Reduction.SUM, false);
        spec.decay = new DecaySpec(
                LAMBDA,
                List.of(),
                DecaySpec.Mode.COUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
        spec.momentum = 0;
        spec.learningRate = RATE;
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(STEPS);
        Trainer trainer = new Trainer(
                spec.build(), 1, TestSpec.clusters(2, 32, Shape.of(10), 0.5, 4), List.of(), Workers.single());
        double[] first = trainer.state().read("layers.0.weight");
        for (int i = 0; i < first.length; i++) {
            first[i] *= 1.5;
        }
        trainer.state().write("layers.0.weight", first);
        double layers = layerDifference(trainer.state());
        double unit = unitDifference(trainer.state(), 3);
        for (int step = 0; step < STEPS; step++) {
            trainer.advance();
        }
        double factor = Math.exp(-4 * LAMBDA * RATE * STEPS);
        assertThat(layerDifference(trainer.state()) / layers).isCloseTo(factor, within(0.01 * factor));
        assertThat(unitDifference(trainer.state(), 3) / unit).isCloseTo(factor, within(0.01 * factor));
    }

    private static double layerDifference(State state) {
        return squares(state.read("layers.0.weight"), 0, 1, 80) - squares(state.read("layers.1.weight"), 0, 1, 64);
    }

    private static double unitDifference(State state, int unit) {
        return squares(state.read("layers.0.weight"), 10 * unit, 1, 10)
                - squares(state.read("layers.1.weight"), unit, 8, 8);
    }

    private static double squares(double[] values, int from, int stride, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[from + i * stride] * values[from + i * stride];
        }
        return sum;
    }
}
