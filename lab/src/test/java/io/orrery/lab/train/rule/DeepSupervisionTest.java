package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.SpecCheck;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.NoLoss;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One step of a network of two linear hidden layers under the square loss, against loops by hand. */
final class DeepSupervisionTest {
    private static final int INPUTS = 4;
    private static final int UNITS = 3;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;
    private static final double RATE = 0.07;
    private static final double WEIGHT = 0.4;
    private static final String COMPANION = "rule.companion.layers.1";
    private static final Dataset DATA = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);

    @Test
    void companionsPullTheirOwnLayerAndThoseBelow() {
        Trainer trainer = trainer("{kind: deep-supervision, every: 2, weight: 0.4}");
        double[][] w = {
            trainer.state().read("layers.0.weight"),
            trainer.state().read("layers.1.weight"),
            trainer.state().read("layers.2.weight"),
            trainer.state().read(COMPANION)
        };
        double[][] expected = {w[0].clone(), w[1].clone(), w[2].clone(), w[3].clone()};
        double loss = 0;
        for (int n = 0; n < COUNT; n++) {
            double[] x = input(n);
            double[] first = times(w[0], x);
            double[] second = times(w[1], first);
            double[] error = residual(times(w[2], second), n);
            double[] companion = residual(times(w[3], second), n);
            for (double e : error) {
                loss += e * e / COUNT;
            }
            step(expected[2], error, second);
            step(expected[3], companion, second);
            double[] upper = transposed(w[2], error, UNITS);
            double[] beside = transposed(w[3], companion, UNITS);
            double[] back = new double[UNITS];
            for (int j = 0; j < UNITS; j++) {
                back[j] = upper[j] + WEIGHT * beside[j];
            }
            step(expected[1], back, first);
            step(expected[0], transposed(w[1], back, UNITS), x);
        }
        assertThat(trainer.advance()).isCloseTo(loss, within(1e-13));
        for (int layer = 0; layer < 3; layer++) {
            assertThat(trainer.state().read("layers." + layer + ".weight"))
                    .usingComparatorWithPrecision(1e-14)
                    .containsExactly(expected[layer]);
        }
        assertThat(trainer.state().read(COMPANION))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected[3]);
    }

    @Test
    void companionsOfNoWeightOnlyWatch() {
        Trainer watched = trainer("{kind: deep-supervision, every: 1, weight: 0}");
        Trainer plain = trainer("{kind: descent}");
        double[] before = watched.state().read("rule.companion.layers.0");
        for (int i = 0; i < 5; i++) {
            assertThat(watched.advance()).isEqualTo(plain.advance());
        }
        for (int layer = 0; layer < 3; layer++) {
            String name = "layers." + layer + ".weight";
            assertThat(watched.state().read(name)).isEqualTo(plain.state().read(name));
        }
        assertThat(watched.state().read("rule.companion.layers.0")).isNotEqualTo(before);
    }

    /** Of two hidden layers, both or the second; the output layer never. */
    @Test
    void everyChoosesLayers() {
        assertThat(companions(1)).containsExactly("rule.companion.layers.0", COMPANION);
        assertThat(companions(2)).containsExactly(COMPANION);
        assertThatThrownBy(() -> companions(3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at most the number of hidden layers with weights, 2, found 3");
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertThat(problems("{kind: deep-supervision, every: 0}")).containsExactly("rule.every");
        assertThat(problems("{kind: deep-supervision, weight: -1}")).containsExactly("rule.weight");
        assertThat(problems("{kind: deep-supervision, weight: 0}")).isEmpty();
        assertThatThrownBy(() -> Rules.of("{kind: deep-supervision}").requireFits(new NoLoss()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("deep-supervision needs one target for each example");
    }

    private static List<String> companions(int every) {
        return trainer("{kind: deep-supervision, every: " + every + "}").state().layout().names().stream()
                .filter(name -> name.startsWith("rule."))
                .toList();
    }

    private static List<String> problems(String rule) {
        return SpecCheck.check(spec(rule).build(), Set.of("loss")).stream()
                .map(problem -> problem.key())
                .toList();
    }

    private static double[] input(int example) {
        double[] x = new double[INPUTS];
        for (int j = 0; j < INPUTS; j++) {
            x[j] = DATA.train().inputs().get(example * INPUTS + j);
        }
        return x;
    }

    private static double[] residual(double[] outputs, int example) {
        double[] error = outputs.clone();
        error[DATA.train().labels()[example]] -= 1;
        return error;
    }

    private static double[] times(double[] w, double[] x) {
        double[] product = new double[w.length / x.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < x.length; j++) {
                product[i] += w[i * x.length + j] * x[j];
            }
        }
        return product;
    }

    private static double[] transposed(double[] w, double[] error, int columns) {
        double[] product = new double[columns];
        for (int i = 0; i < error.length; i++) {
            for (int j = 0; j < columns; j++) {
                product[j] += w[i * columns + j] * error[i];
            }
        }
        return product;
    }

    /** The gradient of the square is twice the error. */
    private static void step(double[] w, double[] error, double[] x) {
        for (int i = 0; i < error.length; i++) {
            for (int j = 0; j < x.length; j++) {
                w[i * x.length + j] -= RATE * 2 * error[i] * x[j] / COUNT;
            }
        }
    }

    private static Trainer trainer(String rule) {
        return new Trainer(spec(rule).build(), 2, DATA, List.of(), Workers.single());
    }

    private static TestSpec spec(String rule) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(UNITS, UNITS));
        spec.activation = ModelSpec.Activation.LINEAR;
        spec.rule = Rules.of(rule);
        spec.loss = new LossSpec(LossSpec.Kind.SQUARE, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(10);
        return spec;
    }
}
