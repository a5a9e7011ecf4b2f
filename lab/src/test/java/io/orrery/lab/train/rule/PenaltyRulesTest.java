package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Layered;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The rules {@code label-smoothing} and {@code l1}: one step of a linear classifier against loops. */
final class PenaltyRulesTest {
    private static final int INPUTS = 4;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;
    private static final double RATE = 0.07;
    private static final String WEIGHT = "layers.0.weight";
    private static final Dataset DATA = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);

    @Test
    void smoothedSquareLossDescendsTowardsSoftTargets() {
        Trainer trainer = trainer("{kind: label-smoothing, epsilon: 0.3}", LossSpec.Kind.SQUARE);
        double[] w = trainer.state().read(WEIGHT);
        double[] expected = w.clone();
        double loss = 0;
        for (int n = 0; n < COUNT; n++) {
            for (int k = 0; k < CLASSES; k++) {
                // 0.7 + 0.3 / 3 of the right class, 0.3 / 3 of the others
                double residual = output(w, n, k) - (DATA.train().labels()[n] == k ? 0.8 : 0.1);
                loss += residual * residual / COUNT;
                step(expected, n, k, 2 * residual);
            }
        }
        assertThat(trainer.advance()).isCloseTo(loss, within(1e-13));
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    @Test
    void smoothedCrossEntropyDescendsTowardsSoftTargets() {
        Trainer trainer = trainer("{kind: label-smoothing, epsilon: 0.3}", LossSpec.Kind.CROSS_ENTROPY);
        double[] w = trainer.state().read(WEIGHT);
        double[] expected = w.clone();
        double loss = 0;
        for (int n = 0; n < COUNT; n++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(output(w, n, k));
            }
            for (int k = 0; k < CLASSES; k++) {
                double target = DATA.train().labels()[n] == k ? 0.8 : 0.1;
                double probability = Math.exp(output(w, n, k)) / sum;
                loss -= target * Math.log(probability) / COUNT;
                step(expected, n, k, probability - target);
            }
        }
        assertThat(trainer.advance()).isCloseTo(loss, within(1e-13));
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    @Test
    void absoluteDecayAddsTheSignsOfTheWeightsAndNothingAtZero() {
        Trainer trainer = trainer("{kind: l1, lambda: 0.2}", LossSpec.Kind.SQUARE);
        double[] w = trainer.state().read(WEIGHT);
        w[0] = 0;
        trainer.state().write(WEIGHT, w);
        Trainer plain = trainer("{kind: descent}", LossSpec.Kind.SQUARE);
        plain.state().write(WEIGHT, w);
        trainer.advance();
        plain.advance();
        double[] expected = plain.state().read(WEIGHT);
        for (int i = 0; i < w.length; i++) {
            expected[i] -= RATE * 0.2 * Math.signum(w[i]);
        }
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    /** A step of the loss, then 0.07 times 3 off the size of each weight, and exactly 0 where less than that is left. */
    @Test
    void theProximalStepThresholdsWhatTheUpdateGives() {
        Trainer trainer = trainer("{kind: l1, lambda: 3, proximal: true}", LossSpec.Kind.SQUARE);
        Trainer plain = trainer("{kind: descent}", LossSpec.Kind.SQUARE);
        plain.state().write(WEIGHT, trainer.state().read(WEIGHT));
        trainer.advance();
        plain.advance();
        double[] expected = plain.state().read(WEIGHT);
        int zeros = 0;
        for (int i = 0; i < expected.length; i++) {
            double left = Math.abs(expected[i]) - RATE * 3;
            expected[i] = left > 0 ? Math.signum(expected[i]) * left : 0;
            zeros += left > 0 ? 0 : 1;
        }
        double[] found = trainer.state().read(WEIGHT);
        assertThat(found).usingComparatorWithPrecision(1e-14).containsExactly(expected);
        assertThat(zeros).isBetween(1, found.length - 1);
        assertThat(java.util.Arrays.stream(found).filter(w -> w == 0).count()).isEqualTo(zeros);
    }

    private static double output(double[] w, int example, int output) {
        double sum = 0;
        for (int j = 0; j < INPUTS; j++) {
            sum += w[output * INPUTS + j] * DATA.train().inputs().get(example * INPUTS + j);
        }
        return sum;
    }

    private static void step(double[] w, int example, int output, double slope) {
        for (int j = 0; j < INPUTS; j++) {
            w[output * INPUTS + j] -= RATE * slope * DATA.train().inputs().get(example * INPUTS + j) / COUNT;
        }
    }

    private static Trainer trainer(String rule, LossSpec.Kind loss) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.rule = Rules.of(rule);
        spec.loss = new LossSpec(loss, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(10);
        return new Trainer(spec.build(), 2, DATA, List.of(), Workers.single());
    }
}
