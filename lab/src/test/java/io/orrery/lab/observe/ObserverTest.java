package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.LayerNorm;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Pade;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.reading.EvaluationReading;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.Everything;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ObserverTest {
    private static final LearningRate RATE = new LearningRate(0.1, ScheduleSpec.defaults(), 10);

    @Test
    void evaluationAndProbeAgreeWithEachOtherInUnevenChunks() {
        // 1,100 examples: two chunks of 512 and a rest, the last one filled up.
        Dataset data = TestSpec.clusters(3, 1100, Shape.of(6), 0.6, 2);
        Trainer trainer = trainer(new TestSpec(), data);
        for (int step = 0; step < 30; step++) {
            trainer.advance();
        }
        Observation seen = trainer.observer().look(30, true, true, RATE, Everything.NEEDS);
        Probe probe = seen.probe(SplitName.TEST).orElseThrow();
        assertThat(probe.labels()).isEqualTo(data.test().orElseThrow().labels());
        double loss = 0;
        int right = 0;
        for (int n = 0; n < 1100; n++) {
            int best = 0;
            for (int k = 0; k < 3; k++) {
                double residual = probe.outputs().at(n, k) - (probe.labels()[n] == k ? 1 : 0);
                loss += residual * residual / 1100;
                best = probe.outputs().at(n, k) > probe.outputs().at(n, best) ? k : best;
            }
            right += best == probe.labels()[n] ? 1 : 0;
        }
        Evaluation evaluation = seen.evaluation(SplitName.TEST).orElseThrow();
        assertThat(evaluation.loss()).isCloseTo(loss, within(1e-12));
        assertThat(evaluation.accuracy()).hasValue(right / 1100.0);
        assertThat(evaluation.examples()).isEqualTo(1100);
        assertThat(seen.evaluation(SplitName.VALIDATION)).isEmpty();
        double decay = 0;
        for (var layer : seen.weights()) {
            for (double w : layer.matrix().values()) {
                decay += 5e-4 * w * w;
            }
        }
        assertThat(evaluation.objective() - evaluation.loss()).isCloseTo(decay, within(1e-12));
        // The last feature times the last weight gives the outputs.
        var feature = probe.layers().getLast().activations();
        assertThat(probe.layers().getLast().name()).isEqualTo("layers.0");
        var last = seen.weights().getLast().matrix();
        double output = 0;
        for (int j = 0; j < feature.columns(); j++) {
            output += feature.at(1099, j) * last.at(2, j);
        }
        assertThat(probe.outputs().at(1099, 2)).isCloseTo(output, within(1e-12));
        assertThat(probe.inputs().at(1099, 5))
                .isEqualTo(data.test().orElseThrow().inputs().get(1099 * 6 + 5));
    }

    /** The examples themselves are no features where a layer without a weight has changed them. */
    @ParameterizedTest
    @MethodSource("changes")
    void whatEntersTheLastLayerIsSeenAfterLayersWithoutAWeight(List<Layer> layers, Shape example) {
        TestSpec spec = new TestSpec();
        spec.activation = Activation.LINEAR;
        spec.architecture = new Layered(layers, true);
        Dataset data = TestSpec.clusters(3, 30, example, 0.6, 2);
        Observation seen = trainer(spec, data).observer().look(0, true, true, RATE, Everything.NEEDS);
        Probe probe = seen.probe(SplitName.TEST).orElseThrow();
        Matrix features = probe.layers().getLast().activations();
        Matrix last = seen.weights().getLast().matrix();
        double output = 0;
        for (int j = 0; j < features.columns(); j++) {
            output += features.at(7, j) * last.at(2, j);
        }
        assertThat(probe.outputs().at(7, 2)).isCloseTo(output, within(1e-12));
    }

    static List<Arguments> changes() {
        Shape vector = Shape.of(6);
        Shape image = Shape.of(2, 6, 6);
        return List.of(
                Arguments.of(List.of(new Pade()), vector),
                Arguments.of(List.of(new LayerNorm()), vector),
                Arguments.of(List.of(new Dense(4), new Pade(), new LayerNorm()), vector),
                Arguments.of(List.of(new MaxPool(2, 2)), image),
                Arguments.of(List.of(new AveragePool(2, 2)), image),
                Arguments.of(List.of(new GlobalPool()), image));
    }

    /** 2,400 examples: the probe is a part of them, and lies partly outside a sample of 1,500. */
    @Test
    void lossAndAccuracyAreTheSameBitsWhetherTheProbeWasSeenOrNot() {
        Dataset data = TestSpec.clusters(3, 2400, Shape.of(6), 0.6, 2);
        TestSpec spec = new TestSpec();
        spec.sample = OptionalInt.of(1500);
        Trainer trainer = trainer(spec, data);
        for (int step = 0; step < 5; step++) {
            trainer.advance();
        }
        for (boolean whole : new boolean[] {true, false}) {
            Observation alone = trainer.observer().look(5, true, whole, RATE, Set.of(new EvaluationReading()));
            Observation beside = trainer.observer().look(5, true, whole, RATE, Everything.NEEDS);
            for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
                assertThat(beside.evaluation(split)).isEqualTo(alone.evaluation(split));
                assertThat(beside.evaluation(split).orElseThrow().examples()).isEqualTo(whole ? 2400 : 1500);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void theGradientIsThatOfTheObjective(Normalization normalization) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Cnn(List.of(3), 3, 1, 1, Cnn.Pool.AVERAGE, false, List.of(4));
        spec.normalization = normalization;
        spec.activation = io.orrery.lab.model.ModelSpec.Activation.LINEAR;
        Trainer trainer = trainer(spec, TestSpec.clusters(3, 45, Shape.of(1, 4, 4), 0.6, 2));
        for (int step = 0; step < 5; step++) {
            trainer.advance();
        }
        Observer observer = trainer.observer();
        State state = trainer.state();
        double square = 0;
        for (Parameter parameter : trainer.network().parameters()) {
            double[] values = state.read(parameter.name());
            double[] slopes = new double[values.length];
            double along = 0;
            for (int i = 0; i < values.length; i++) {
                slopes[i] = slope(observer, state, parameter.name(), values, i);
                along += slopes[i] * values[i];
            }
            boolean sphere = normalization == Normalization.FROBENIUS && parameter.role() == Parameter.Role.WEIGHT;
            for (int i = 0; i < values.length; i++) {
                double tangent = slopes[i] - (sphere ? along * values[i] : 0);
                square += tangent * tangent;
            }
        }
        Observation seen = observer.look(5, true, true, RATE, Set.of(new GradientsReading()));
        assertThat(seen.gradients().fullNorm()).isCloseTo(Math.sqrt(square), within(1e-7));
        assertThat(seen.gradients().batches()).isEqualTo(5);
        assertThat(seen.gradients().batchVariance()).isPositive();
        assertThat(seen.gradients().layers())
                .extracting(layer -> layer.name())
                .containsExactly("layers.0", "layers.2", "layers.3");
        assertThat(seen.gradients().layers().getFirst().decay())
                .isEqualTo(normalization == Normalization.FROBENIUS ? 0 : 1e-3);
    }

    /** Core theory (5.3): Var_B = (N - B) / (B (N - 1)) v1, on average over draws of the batches; exact gradients by hand. */
    @Test
    void theVarianceAcrossBatchesIsThatOfTheTheory() {
        int count = 23;
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.order = DataSpec.Order.WITH_REPLACEMENT;
        Dataset data = TestSpec.clusters(3, count, Shape.of(4), 0.6, 2);
        double[] weights = trainer(spec, data).state().read("layers.0.weight");
        double[][] gradients = new double[count][weights.length];
        double[] mean = new double[weights.length];
        for (int n = 0; n < count; n++) {
            for (int k = 0; k < 3; k++) {
                double residual = data.train().labels()[n] == k ? -1 : 0;
                for (int j = 0; j < 4; j++) {
                    residual += weights[k * 4 + j] * data.train().inputs().get(n * 4 + j);
                }
                for (int j = 0; j < 4; j++) {
                    gradients[n][k * 4 + j] =
                            2 * residual * data.train().inputs().get(n * 4 + j);
                    mean[k * 4 + j] += gradients[n][k * 4 + j] / count;
                }
            }
        }
        double single = 0;
        for (double[] gradient : gradients) {
            for (int i = 0; i < mean.length; i++) {
                single += (gradient[i] - mean[i]) * (gradient[i] - mean[i]) / count;
            }
        }
        int batch = 8;
        double expected = (count - batch) / (batch * (count - 1.0)) * single;
        int draws = 400;
        double seen = 0;
        for (long seed = 1; seed <= draws; seed++) {
            Trainer trainer = new Trainer(spec.build(), seed, data, List.of(), Workers.single());
            trainer.state().write("layers.0.weight", weights);
            seen += trainer.observer()
                            .look(0, true, true, RATE, Set.of(new GradientsReading()))
                            .gradients()
                            .batchVariance()
                    / draws;
        }
        // Without the correction for the examples left out it would be 23% less.
        assertThat(seen).isCloseTo(expected, within(0.08 * expected));
    }

    private static double slope(Observer observer, State state, String name, double[] values, int index) {
        double[] objective = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] moved = values.clone();
            moved[index] += (2 * side - 1) * 1e-5;
            state.write(name, moved);
            objective[side] =
                    observer.evaluate(SplitName.TRAIN, true).orElseThrow().objective();
        }
        state.write(name, values);
        return (objective[1] - objective[0]) / 2e-5;
    }

    @Test
    void probesTakeEquallyManyOfEachClassFromLargeSets() {
        Dataset data = TestSpec.clusters(3, 2400, Shape.of(2), 0.6, 2);
        int[] rows = ExampleChoice.probe(1, SplitName.TRAIN, data, data.train(), false);
        int[] counts = new int[3];
        for (int row : rows) {
            counts[data.train().labels()[row]]++;
        }
        assertThat(counts).containsExactly(334, 334, 334);
        assertThat(rows).isSorted().doesNotHaveDuplicates();
        assertThat(ExampleChoice.probe(1, SplitName.TRAIN, data, data.train(), true))
                .as("classes imbalanced on purpose are all looked at")
                .hasSize(2400);
        assertThat(ExampleChoice.sample(1, SplitName.TRAIN, 2400, 100))
                .hasSize(100)
                .doesNotHaveDuplicates();
        assertThat(ExampleChoice.sample(1, SplitName.TRAIN, 90, 100)).hasSize(90);
    }

    @Test
    void partsThatNobodyNeedsAreNotPrepared() {
        Trainer trainer = trainer(new TestSpec(), TestSpec.clusters(3, 40, Shape.of(2), 0.6, 2));
        Observation seen = trainer.observer().look(0, true, true, RATE, Set.of(new WeightsReading()));
        assertThat(seen.weights()).hasSize(2);
        assertThatThrownBy(seen::gradients)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name its need of the gradients");
    }

    private static Trainer trainer(TestSpec spec, Dataset data) {
        return new Trainer(spec.build(), 3, data, List.of(), Workers.single());
    }
}
