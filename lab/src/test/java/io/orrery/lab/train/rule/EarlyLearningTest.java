package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Layered;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.SpecCheck;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A linear classifier against loops: with s = p . t, the gradient in output k is p_k - y_k - lambda p_k (t_k - s) / (1 - s). */
final class EarlyLearningTest {
    private static final int INPUTS = 4;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;
    private static final double RATE = 0.2;
    private static final double LAMBDA = 3;
    private static final double BETA = 0.7;
    private static final String WEIGHT = "layers.0.weight";
    private static final String TARGETS = "rule.targets";
    private static final Dataset DATA = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);

    @Test
    void stepsOnTheWholeSetEqualThoseOfALoop() {
        Trainer trainer = trainer(DataSpec.Order.FULL, COUNT);
        double[] w = trainer.state().read(WEIGHT);
        double[][] targets = new double[COUNT][CLASSES];
        for (int step = 0; step < 6; step++) {
            double[] before = w.clone();
            double loss = 0;
            for (int n = 0; n < COUNT; n++) {
                double[] p = shares(before, n);
                double inner = 0;
                for (int k = 0; k < CLASSES; k++) {
                    targets[n][k] = BETA * targets[n][k] + (1 - BETA) * p[k];
                    inner += targets[n][k] * p[k];
                }
                loss -= Math.log(p[DATA.train().targets().labels()[n]]) / COUNT;
                for (int k = 0; k < CLASSES; k++) {
                    double y = DATA.train().targets().labels()[n] == k ? 1 : 0;
                    double slope = p[k] - y - LAMBDA * p[k] * (targets[n][k] - inner) / (1 - inner);
                    for (int j = 0; j < INPUTS; j++) {
                        w[k * INPUTS + j] -= RATE * slope * x(n, j) / COUNT;
                    }
                }
            }
            assertThat(trainer.advance()).isCloseTo(loss, within(1e-12));
        }
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(w);
        assertThat(trainer.state().read(TARGETS))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(
                        Arrays.stream(targets).flatMapToDouble(Arrays::stream).toArray());
    }

    /** After one batch of five the rows of five examples hold (1 - beta) p, which sums to 0.3, and the others nothing. */
    @Test
    void aBatchRemembersItsOwnExamplesAlone() {
        Trainer trainer = trainer(DataSpec.Order.EPOCHS, 5);
        double[] w = trainer.state().read(WEIGHT);
        trainer.advance();
        double[] targets = trainer.state().read(TARGETS);
        int visited = 0;
        for (int n = 0; n < COUNT; n++) {
            double[] row = Arrays.copyOfRange(targets, n * CLASSES, (n + 1) * CLASSES);
            if (Arrays.stream(row).sum() == 0) {
                assertThat(row).containsOnly(0);
                continue;
            }
            visited++;
            double[] p = shares(w, n);
            for (int k = 0; k < CLASSES; k++) {
                assertThat(row[k]).isCloseTo(0.3 * p[k], within(1e-12));
            }
        }
        assertThat(visited).isEqualTo(5);
        trainer.advance();
        trainer.advance();
        double[] after = trainer.state().read(TARGETS);
        for (int n = 0; n < COUNT; n++) {
            double sum = after[n * CLASSES] + after[n * CLASSES + 1] + after[n * CLASSES + 2];
            assertThat(sum).as("each was visited once").isCloseTo(0.3, within(1e-12));
        }
    }

    /** Drawn with replacement an example may be in a batch twice: it is remembered as if once, for it says the same both times. */
    @Test
    void anExampleThatIsInABatchTwiceIsRememberedOnce() {
        Trainer trainer = trainer(DataSpec.Order.WITH_REPLACEMENT, 30);
        trainer.advance();
        double[] targets = trainer.state().read(TARGETS);
        for (int n = 0; n < COUNT; n++) {
            double sum = targets[n * CLASSES] + targets[n * CLASSES + 1] + targets[n * CLASSES + 2];
            assertThat(sum == 0 || Math.abs(sum - 0.3) < 1e-12)
                    .as("row " + n + " sums to " + sum)
                    .isTrue();
        }
    }

    @Test
    void withoutRegularizationItIsDescent() {
        Trainer trainer = trainer("{kind: early-learning, lambda: 0}", DataSpec.Order.EPOCHS, 5);
        Trainer descent = trainer("{kind: descent}", DataSpec.Order.EPOCHS, 5);
        for (int step = 0; step < 7; step++) {
            trainer.advance();
            descent.advance();
        }
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(descent.state().read(WEIGHT));
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertThat(problems("{kind: early-learning, lambda: -1}")).containsExactly("rule.lambda");
        assertThat(problems("{kind: early-learning, beta: 1}")).containsExactly("rule.beta");
        assertThat(problems("{kind: early-learning}")).isEmpty();
    }

    private static List<String> problems(String rule) {
        return SpecCheck.check(spec(rule, DataSpec.Order.EPOCHS, 5).build(), Set.of("loss")).stream()
                .map(problem -> problem.key())
                .toList();
    }

    private static double[] shares(double[] w, int example) {
        double[] p = new double[CLASSES];
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            double output = 0;
            for (int j = 0; j < INPUTS; j++) {
                output += w[k * INPUTS + j] * x(example, j);
            }
            p[k] = Math.exp(output);
            sum += p[k];
        }
        for (int k = 0; k < CLASSES; k++) {
            p[k] /= sum;
            assertThat(p[k]).as("nothing is clipped").isBetween(1e-4, 1 - 1e-4);
        }
        return p;
    }

    private static double x(int example, int feature) {
        return DATA.train().inputs().get(example * INPUTS + feature);
    }

    private static Trainer trainer(DataSpec.Order order, int batch) {
        return trainer("{kind: early-learning}", order, batch);
    }

    private static Trainer trainer(String rule, DataSpec.Order order, int batch) {
        return new Trainer(spec(rule, order, batch).build(), 2, DATA, List.of(), Workers.single());
    }

    private static TestSpec spec(String rule, DataSpec.Order order, int batch) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.rule = Rules.of(rule);
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = order;
        spec.batchSize = batch;
        spec.steps = OptionalLong.of(10);
        return spec;
    }
}
