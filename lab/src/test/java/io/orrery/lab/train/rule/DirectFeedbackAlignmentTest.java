package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.SpecCheck;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DirectFeedbackAlignmentTest {
    private static final int INPUTS = 5;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;
    private static final double RATE = 0.05;
    private static final TrainingRule RULE = Rules.of("{kind: direct-feedback-alignment}");
    private static final Dataset DATA = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);

    /** delta_1 = (e B) (1 - tanh^2), by loops over examples, units and outputs. */
    @Test
    void theHiddenLayerMovesByTheProjectedError() {
        Trainer trainer = trainer(RULE, List.of(4));
        double[] w1 = trainer.state().read("layers.0.weight");
        double[] w2 = trainer.state().read("layers.1.weight");
        double[] feedback = trainer.state().read("rule.feedback.layers.0");
        trainer.advance();
        double[] expected = w1.clone();
        for (int n = 0; n < COUNT; n++) {
            double[] hidden = new double[4];
            for (int u = 0; u < 4; u++) {
                for (int j = 0; j < INPUTS; j++) {
                    hidden[u] += w1[u * INPUTS + j] * x(n, j);
                }
                hidden[u] = Math.tanh(hidden[u]);
            }
            for (int u = 0; u < 4; u++) {
                double told = 0;
                for (int k = 0; k < CLASSES; k++) {
                    double error = DATA.train().labels()[n] == k ? -1 : 0;
                    for (int v = 0; v < 4; v++) {
                        error += w2[k * 4 + v] * hidden[v];
                    }
                    told += 2 * error / COUNT * feedback[k * 4 + u];
                }
                for (int j = 0; j < INPUTS; j++) {
                    expected[u * INPUTS + j] -= RATE * told * (1 - hidden[u] * hidden[u]) * x(n, j);
                }
            }
        }
        assertThat(trainer.state().read("layers.0.weight"))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    /** In a network with one hidden layer the true chain is W_2 itself. */
    @Test
    void feedbackByTheWeightsAboveIsBackPropagation() {
        Trainer aligned = trainer(RULE, List.of(6));
        Trainer descent = trainer(TrainingRule.standard(), List.of(6));
        for (int step = 0; step < 20; step++) {
            aligned.state().write("rule.feedback.layers.0", aligned.state().read("layers.1.weight"));
            aligned.advance();
            descent.advance();
        }
        for (String name : List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias")) {
            assertThat(aligned.state().read(name))
                    .usingComparatorWithPrecision(1e-12)
                    .containsExactly(descent.state().read(name));
        }
    }

    @Test
    void feedbackIsFixedAndHasTheVarianceOfOneOutput() {
        Trainer trainer = trainer(RULE, List.of(400, 300));
        double[] before = trainer.state().read("rule.feedback.layers.1");
        assertThat(before).hasSize(CLASSES * 300);
        assertThat(java.util.Arrays.stream(before).map(b -> b * b).average().orElseThrow())
                .isCloseTo(1.0 / CLASSES, within(0.05));
        trainer.advance();
        assertThat(trainer.state().read("rule.feedback.layers.1")).containsExactly(before);
    }

    /** Two steps from the same weights are told other things; the same step is told the same. */
    @Test
    void redrawnFeedbackIsAnotherInEachStep() {
        TrainingRule redrawn = Rules.of("{kind: direct-feedback-alignment, redrawn: true}");
        Trainer trainer = trainer(redrawn, List.of(4));
        assertThat(trainer.state().layout().names()).noneMatch(name -> name.startsWith("rule."));
        double[] start = trainer.state().read("layers.0.weight");
        double[] above = trainer.state().read("layers.1.weight");
        double[] bias = trainer.state().read("layers.0.bias");
        double[] biasAbove = trainer.state().read("layers.1.bias");
        trainer.advance();
        double[] first = trainer.state().read("layers.0.weight");
        trainer.state().write("layers.0.weight", start);
        trainer.state().write("layers.1.weight", above);
        trainer.state().write("layers.0.bias", bias);
        trainer.state().write("layers.1.bias", biasAbove);
        trainer.advance();
        assertThat(trainer.state().read("layers.0.weight")).isNotEqualTo(first);
        Trainer again = trainer(redrawn, List.of(4));
        again.advance();
        assertThat(again.state().read("layers.0.weight")).containsExactly(first);
    }

    /** Align, then memorize: at first the told direction has nothing to do with the gradient, while the loss falls it comes to have. */
    @Test
    void updatesAlignWithTheGradient() {
        Dataset many = TestSpec.clusters(CLASSES, 120, Shape.of(20), 1, 8);
        Trainer trainer = trainer(RULE, List.of(60, 60), many);
        assertThat(alignment(trainer, many)).isBetween(-0.25, 0.25);
        double first = trainer.advance();
        for (int step = 0; step < 100; step++) {
            trainer.advance();
        }
        assertThat(trainer.advance()).isLessThan(0.5 * first);
        assertThat(alignment(trainer, many)).isGreaterThan(0.5);
    }

    @Test
    void whatItCannotTrainIsRefused() {
        assertThat(problems(List.of(), 0)).containsExactly("rule.kind");
        assertThat(problems(List.of(4), 0.1)).containsExactly("model.dropout");
        assertThat(problems(List.of(4), 0)).isEmpty();
    }

    private static List<String> problems(List<Integer> widths, double dropout) {
        TestSpec spec = spec(RULE, widths);
        spec.dropout = dropout;
        return SpecCheck.check(spec.build(), Set.of("loss")).stream()
                .map(problem -> problem.key())
                .toList();
    }

    /** Cosine between the next update of the first layer and that of descent from the same parameters. */
    private static double alignment(Trainer trainer, Dataset data) {
        Trainer told = trainer(RULE, List.of(60, 60), data);
        Trainer descent = trainer(TrainingRule.standard(), List.of(60, 60), data);
        trainer.network().arrays().keySet().forEach(name -> {
            told.state().write(name, trainer.state().read(name));
            descent.state().write(name, trainer.state().read(name));
        });
        double[] start = trainer.state().read("layers.0.weight");
        told.advance();
        descent.advance();
        double[] a = told.state().read("layers.0.weight");
        double[] b = descent.state().read("layers.0.weight");
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < start.length; i++) {
            product += (a[i] - start[i]) * (b[i] - start[i]);
            squareA += (a[i] - start[i]) * (a[i] - start[i]);
            squareB += (b[i] - start[i]) * (b[i] - start[i]);
        }
        return product / Math.sqrt(squareA * squareB);
    }

    private static double x(int example, int feature) {
        return DATA.train().inputs().get(example * INPUTS + feature);
    }

    private static TestSpec spec(TrainingRule rule, List<Integer> widths) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(widths);
        spec.activation = Activation.TANH;
        spec.bias = true;
        // Small weights: what the layers above learn soon outweighs how they began.
        spec.initialScale = 0.1;
        spec.rule = rule;
        // Saturated units make a curvature of 2 units in the last layer.
        spec.learningRate = widths.isEmpty() ? RATE : Math.min(RATE, 0.8 / widths.getLast());
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(2000);
        return spec;
    }

    private static Trainer trainer(TrainingRule rule, List<Integer> widths) {
        return trainer(rule, widths, DATA);
    }

    private static Trainer trainer(TrainingRule rule, List<Integer> widths, Dataset data) {
        return new Trainer(spec(rule, widths).build(), 2, data, List.of(), Workers.single());
    }
}
