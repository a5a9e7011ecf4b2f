package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.SpecCheck;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A linear student and a linear teacher against loops: the gradient in output k is (1 - w) (p_k - y_k) + w T (p^T_k - q^T_k). */
final class DistillationTest {
    private static final int INPUTS = 4;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;
    private static final double RATE = 0.2;
    private static final String WEIGHT = "layers.0.weight";
    private static final String TEACHER = "teacher/layers.0.weight";
    private static final String LINEAR = "teacher: {kind: layers, layers: []}";
    private static final Dataset DATA = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);

    @Test
    void stepsEqualThoseOfALoop() {
        double temperature = 2.5;
        double weight = 0.7;
        Trainer trainer = trainer("temperature: 2.5, weight: 0.7");
        double[] w = trainer.state().read(WEIGHT);
        double[] teacher = trainer.state().read(TEACHER);
        assertThat(teacher).as("drawn from a stream with its role").isNotEqualTo(w);
        for (int step = 0; step < 6; step++) {
            double[] before = w.clone();
            double loss = 0;
            for (int n = 0; n < COUNT; n++) {
                int label = DATA.train().targets().labels()[n];
                double[] p = shares(before, n, 1);
                double[] soft = shares(before, n, temperature);
                double[] said = shares(teacher, n, temperature);
                loss -= Math.log(p[label]) / COUNT;
                for (int k = 0; k < CLASSES; k++) {
                    double slope =
                            (1 - weight) * (p[k] - (label == k ? 1 : 0)) + weight * temperature * (soft[k] - said[k]);
                    descend(w, k, slope, n);
                }
            }
            assertThat(trainer.advance()).isCloseTo(loss, within(1e-12));
        }
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(w);
        assertThat(trainer.state().read(TEACHER)).containsExactly(teacher);
    }

    /** Of T to infinity the gradient in output k is w (s_k - mean s - t_k + mean t) / K (section 2.1 of the source, outputs not centred). */
    @Test
    void atAHighTemperatureOutputsAreMatchedLessTheirMeans() {
        Trainer trainer = trainer("temperature: 1e4, weight: 1");
        double[] w = trainer.state().read(WEIGHT);
        double[] teacher = trainer.state().read(TEACHER);
        double[] before = w.clone();
        for (int n = 0; n < COUNT; n++) {
            double[] s = centred(outputs(before, n));
            double[] t = centred(outputs(teacher, n));
            for (int k = 0; k < CLASSES; k++) {
                descend(w, k, (s[k] - t[k]) / CLASSES, n);
            }
        }
        trainer.advance();
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-4)
                .containsExactly(w);
        assertThat(Math.abs(w[0] - before[0])).as("far beyond the tolerance").isGreaterThan(1e-3);
    }

    @Test
    void withoutTheTeacherItIsDescent() {
        Trainer alone = trainer("weight: 0");
        Trainer descent = new Trainer(spec("{kind: descent}").build(), 2, DATA, List.of(), Workers.single());
        for (int step = 0; step < 7; step++) {
            alone.advance();
            descent.advance();
        }
        assertThat(alone.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(descent.state().read(WEIGHT));
    }

    @Test
    void aStudentThatIsItsTeacherStays() {
        Trainer trainer = trainer("weight: 1");
        double[] start = trainer.state().read(WEIGHT);
        trainer.begin(Map.of(TEACHER, start));
        for (int step = 0; step < 5; step++) {
            trainer.advance();
        }
        assertThat(trainer.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(start);
    }

    @Test
    void theTeacherMayComeFromAFile(@TempDir Path folder) {
        Trainer trained = new Trainer(spec("{kind: descent}").build(), 2, DATA, List.of(), Workers.single());
        trained.advanceTo(5);
        Path file = folder.resolve("teacher.safetensors");
        PyTorchWeights.plain(trained.network(), trained.state()).write(file);
        String rule = "{kind: distillation, teacher: {kind: layers, layers: [], weights: " + file + "}}";
        Trainer student = new Trainer(spec(rule).build(), 2, DATA, List.of(), Workers.single());
        assertThat(student.state().read(TEACHER))
                .containsExactly(trained.state().read(WEIGHT));
        Trainer.requireStarts(spec(rule).build(), DATA, Set.of());
        Trainer.requireStarts(spec("{kind: distillation, " + LINEAR + "}").build(), DATA, Set.of("teacher"));
        assertThatThrownBy(() -> Trainer.requireStarts(
                        spec("{kind: distillation, " + LINEAR + "}").build(), DATA, Set.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rule.teacher.weights")
                .hasMessageContaining("teacher, found none");
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertThat(problems("temperature: 0")).containsExactly("rule.temperature");
        assertThat(problems("weight: 1.5")).containsExactly("rule.weight");
        assertThat(problems("weight: 1, teacher: {widths: [0]}")).containsExactly("rule.teacher.widths");
        assertThat(problems("weight: 1")).isEmpty();
        TestSpec misfit = spec("{kind: distillation, teacher: {kind: cnn}}");
        assertThatThrownBy(() -> new Trainer(misfit.build(), 2, DATA, List.of(), Workers.single()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("rule.teacher: ");
    }

    private static List<String> problems(String settings) {
        return SpecCheck.check(spec("{kind: distillation, " + settings + "}").build(), Set.of("loss")).stream()
                .map(problem -> problem.key())
                .toList();
    }

    private static void descend(double[] w, int output, double slope, int example) {
        for (int j = 0; j < INPUTS; j++) {
            w[output * INPUTS + j] -= RATE * slope * x(example, j) / COUNT;
        }
    }

    private static double[] outputs(double[] w, int example) {
        double[] outputs = new double[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
            for (int j = 0; j < INPUTS; j++) {
                outputs[k] += w[k * INPUTS + j] * x(example, j);
            }
        }
        return outputs;
    }

    private static double[] centred(double[] values) {
        double mean = (values[0] + values[1] + values[2]) / CLASSES;
        return new double[] {values[0] - mean, values[1] - mean, values[2] - mean};
    }

    private static double[] shares(double[] w, int example, double temperature) {
        double[] p = outputs(w, example);
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            p[k] = Math.exp(p[k] / temperature);
            sum += p[k];
        }
        for (int k = 0; k < CLASSES; k++) {
            p[k] /= sum;
        }
        return p;
    }

    private static double x(int example, int feature) {
        return DATA.train().inputs().get(example * INPUTS + feature);
    }

    private static Trainer trainer(String settings) {
        String rule = "{kind: distillation, " + LINEAR + ", " + settings + "}";
        return new Trainer(spec(rule).build(), 2, DATA, List.of(), Workers.single());
    }

    private static TestSpec spec(String rule) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.rule = Rules.of(rule);
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.batchSize = COUNT;
        spec.steps = OptionalLong.of(10);
        return spec;
    }
}
