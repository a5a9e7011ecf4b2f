package io.orrery.lab.instrument.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.instrument.training.DistanceInstrument;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.reading.InputNormsReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.Bound.Scope;
import io.orrery.lab.theory.bound.BoundInput;
import io.orrery.lab.theory.bound.BoundLayer;
import io.orrery.lab.theory.bound.Bounds;
import io.orrery.lab.theory.bound.InputNorms;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundsInstrumentTest {
    private static final Matrix FIRST = Sight.matrix(3, 1, 2, 0, 1, 1, 0);
    private static final Matrix SECOND = Sight.matrix(2, 1, 0, 1, 0, 1, 0);
    private static final Matrix INPUTS = Sight.matrix(4, 1, 0, 0, 1, 0.6, 0.8, 1, 1);

    private final BoundsInstrument instrument = new BoundsInstrument();

    /** The golden network of the core theory, two outputs; margins 0.5, 1, 2 and 4, whose 10% quantile is 0.65. */
    @Test
    void readingsOfATinyNetworkAreThoseOfTheFormulas() {
        Found found = Sight.read(instrument, sight(plain(), SECOND, probe(true, 5, 1, 2, 1, 3, 1, 0.5, 0)));
        assertThat(found.get("bounds.margin-minimum@train")).containsExactly(0.5);
        assertThat(found.get("bounds.margin-quantile-10@train").getFirst()).isCloseTo(0.65, within(1e-12));
        assertThat(found.get("bounds.ramp-quantile-10@train")).containsExactly(0.25);
        assertThat(found.get("bounds.golowich@train").getFirst()).isCloseTo(2 * 6.827310747, within(1e-8));
        assertThat(found.get("bounds.neyshabur@train").getFirst()).isCloseTo(2 * 9.165151390, within(1e-8));
        double confidence = 3 * Math.sqrt(Math.log(2000) / 8);
        assertThat(found.get("bounds.golowich-minimum@train").getFirst())
                .isCloseTo(4 * 6.827310747 / 0.5 + confidence, within(1e-7));
        assertThat(found.get("bounds.golowich-quantile-10@train").getFirst())
                .isCloseTo(0.25 + 4 * 6.827310747 / 0.65 + confidence, within(1e-7));
        assertThat(found.get("bounds.golowich-vacuous@train")).containsExactly(1.0);
        BoundInput input =
                new BoundInput(List.of(BoundLayer.dense(FIRST), BoundLayer.dense(SECOND)), InputNorms.of(INPUTS, 1), 2);
        for (Bound bound : Bounds.all()) {
            String series = "bounds." + bound.description().name();
            double complexity = bound.complexity(input, 1);
            assertThat(found.get(series + "@train").getFirst())
                    .as(series)
                    .isCloseTo(complexity, within(1e-12 * complexity));
            double least = bound.gap(input, 0.5, 1e-3);
            assertThat(found.get(series + "-minimum@train").getFirst()).isCloseTo(least, within(1e-12 * least));
        }
    }

    @Test
    void theMeasuredGap() {
        Sight sight = sight(plain(), SECOND, probe(true, 5, 1, 2, 1, 3, 1, 0.5, 0));
        Found found = Sight.read(instrument, sight);
        assertThat(found.get("bounds.error@train").getFirst()).isCloseTo(0.125, within(1e-15));
        assertThat(found.get("bounds.error@test").getFirst()).isCloseTo(0.375, within(1e-15));
        assertThat(found.get("bounds.gap").getFirst()).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void aMisclassifiedExampleLeavesNoBoundAtTheMinimumAndFewerAtTheQuantile() {
        Found found = Sight.read(instrument, sight(plain(), SECOND, probe(true, 5, 1, 2, 1, 3, 1, 0, 2)));
        assertThat(found.get("bounds.margin-minimum@train")).containsExactly(-2.0);
        assertThat(found.bySeries()).containsKey("bounds.golowich@train");
        assertThat(found.bySeries())
                .doesNotContainKeys(
                        "bounds.golowich-minimum@train",
                        "bounds.golowich-quantile-10@train",
                        "bounds.golowich-vacuous@train");
    }

    /** V_2 = A2 / ||A2|| with rho on top gives the numbers of A2 itself. */
    @Test
    void underFrobeniusNormalizationRhoIsOnTop() {
        double norm = Math.sqrt(3);
        Matrix direction = new Matrix(2, 3, SECOND.values().clone());
        for (int i = 0; i < 6; i++) {
            direction.values()[i] /= norm;
        }
        Spec spec = Specs.of(Normalization.FROBENIUS, 0, plain().loss(), 0);
        Found found = Sight.read(instrument, sight(hidden(spec), direction, probe(true, 5, 1, 2, 1, 3, 1, 0.5, 0)));
        assertThat(found.get("bounds.golowich@train").getFirst()).isCloseTo(2 * 6.827310747, within(1e-8));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsDecideWhichBoundsHold(Activation activation) {
        TestSpec spec = new TestSpec();
        spec.activation = activation;
        Set<Scope> scopes = BoundNetwork.scopes(spec.model(), 3);
        switch (activation) {
            case RELU, LEAKY, LINEAR -> assertThat(scopes).containsExactlyInAnyOrder(Scope.values());
            case TANH, GELU -> assertThat(scopes).containsExactly(Scope.LIPSCHITZ);
            case SIGMOID, SOFTPLUS -> assertThat(scopes).isEmpty();
        }
    }

    @Test
    void biasesBatchNormalizationResidualBlocksAndOverlappingMaximaLeaveNone() {
        TestSpec biased = new TestSpec();
        biased.bias = true;
        assertThat(BoundNetwork.scopes(biased.model(), 3)).isEmpty();
        TestSpec batch = new TestSpec();
        batch.normalization = Normalization.BATCH;
        assertThat(BoundNetwork.scopes(batch.model(), 3)).isEmpty();
        assertThat(scopes(new Residual(List.of(new Dense(4))))).isEmpty();
        assertThat(scopes(new MaxPool(3, 2))).isEmpty();
        assertThat(scopes(new MaxPool(2, 2))).containsExactly(Scope.LIPSCHITZ);
        assertThat(scopes(new AveragePool(3, 2))).containsExactlyInAnyOrder(Scope.values());
        assertThat(scopes(new GlobalPool())).containsExactlyInAnyOrder(Scope.values());
    }

    @Test
    void bitLabelsHaveNoBounds() {
        Sight sight = sight(plain(), SECOND, probe(true, 5, 1, 2, 1, 3, 1, 0.5, 0));
        assertThat(Sight.read(instrument, sight.bits()).bySeries())
                .containsOnlyKeys("bounds.error@train", "bounds.error@test", "bounds.gap");
    }

    /** Two 3 x 3 kernels on 2 x 6 x 6 images: 16 locations, then a dense layer that flattens them. */
    @Test
    void aConvolutionalRunInALook() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(new Conv(2, 3, 1, 0), new Conv(3, 2, 2, 0)), true);
        Dataset data = TestSpec.clusters(3, 30, Shape.of(2, 6, 6), 0.4, 2);
        Trainer trainer = new Trainer(spec.build(), 3, data, List.of(), Workers.single());
        for (int step = 0; step < 40; step++) {
            trainer.advance();
        }
        LearningRate rate = new LearningRate(0.1, ScheduleSpec.defaults(), 40);
        Observation seen = trainer.observer().look(40, true, true, rate, instrument.needs());
        InputNorms norms = seen.inputNorms();
        // Examples are of norm 1.
        assertThat(norms.examples()).isEqualTo(30);
        assertThat(norms.frobenius()).isCloseTo(Math.sqrt(30), within(1e-10));
        assertThat(norms.largestLocation()).isCloseTo(largestLocation(data, 2, 36), within(1e-12));
        BoundInput input = BoundNetwork.of(seen, seen.probe(SplitName.TRAIN).orElseThrow());
        assertThat(input.layers())
                .extracting(BoundLayer::kind)
                .containsExactly(BoundLayer.Kind.CONVOLUTION, BoundLayer.Kind.CONVOLUTION, BoundLayer.Kind.DENSE);
        assertThat(input.layers()).extracting(BoundLayer::overlaps).containsExactly(9, 1, 1);
        assertThat(input.layers()).extracting(BoundLayer::positions).containsExactly(16, 4, 1);
        assertThat(List.of(input.degree(0), input.degree(1), input.degree(2))).containsExactly(9, 4, 4);
        Found found = Sight.read(instrument, seen);
        double product = 4 * 2;
        for (LayerWeights layer : seen.weights()) {
            double squares = 0;
            for (double w : layer.matrix().values()) {
                squares += w * w;
            }
            product *= Math.sqrt(squares);
        }
        assertThat(found.get("bounds.golowich@train").getFirst())
                .isCloseTo(3 * product * (1 + Math.sqrt(6 * Math.log(2))) * Math.sqrt(30) / 30, within(1e-9 * product));
        assertThat(found.bySeries()).containsKeys("bounds.galanti@train", "bounds.ledent@train", "bounds.gap");
    }

    @Test
    void spectralNormsOfLargeLayersWaitForThoroughLooks() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(200));
        Matrix wide = Matrix.zeros(200, 400);
        wide.values()[0] = 1;
        Matrix out = Matrix.zeros(2, 200);
        out.values()[0] = 1;
        Matrix inputs = Matrix.zeros(2, 400);
        inputs.values()[0] = 1;
        Probe probe = new Probe(new int[] {0, 0}, inputs, List.of(), Sight.matrix(2, 1, 0, 1, 0), true, 1);
        Sight sight =
                Sight.of(spec.build(), 2, List.of(Sight.dense("layers.0", wide), Sight.dense("layers.1", out)), probe);
        assertThat(Sight.read(instrument, sight).bySeries()).containsKey("bounds.bartlett@train");
        assertThat(Sight.read(instrument, sight.quick()).bySeries())
                .containsKey("bounds.golowich@train")
                .doesNotContainKey("bounds.bartlett@train");
    }

    /** A reference that saw the training data is none: bartlett was "guaranteed" at 0.278 beside an error of 0.915. */
    @Test
    void withoutInitialWeightsNothingIsMeasuredFromThem() {
        Sight known = sight(plain(), SECOND, probe(true, 5, 1, 2, 1, 3, 1, 0.5, 0));
        Sight unknown = new Sight(
                known.step(),
                true,
                known.spec(),
                TargetKind.Classes.numbered(2),
                0.1,
                known.evaluations(),
                known.weights(),
                Optional.empty(),
                known.probes(),
                Sight.NO_GRADIENTS);
        Found found = Sight.read(instrument, unknown);
        Found all = Sight.read(instrument, known);
        assertThat(all.bySeries().keySet().stream()
                        .filter(series -> !found.bySeries().containsKey(series)))
                .isNotEmpty()
                .allMatch(series -> series.matches("bounds\\.(bartlett|ledent|graf).*"));
        assertThat(found.bySeries().keySet()).noneMatch(series -> series.matches("bounds\\.(bartlett|ledent|graf).*"));
        found.bySeries().forEach((series, values) -> assertThat(values).isEqualTo(all.get(series)));
        assertThat(Sight.read(new DistanceInstrument(), unknown).bySeries()).isEmpty();
    }

    @Test
    void theNeedIsNamed() {
        assertThat(instrument.needs()).contains(new InputNormsReading());
    }

    private static Set<Scope> scopes(Layer between) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(new Conv(4, 3, 1, 1), between), true);
        return BoundNetwork.scopes(spec.model(), 3);
    }

    private static double largestLocation(Dataset data, int channels, int pixels) {
        double largest = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            double sum = 0;
            for (int n = 0; n < data.train().count(); n++) {
                for (int channel = 0; channel < channels; channel++) {
                    double value = data.train().inputs().get((n * channels + channel) * pixels + pixel);
                    sum += value * value;
                }
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** Outputs of two classes, all labelled 0. */
    private static Probe probe(boolean homogeneous, double... outputs) {
        return new Probe(
                new int[4], INPUTS, List.of(), new Matrix(4, 2, outputs), homogeneous, Math.sqrt(7) * Math.sqrt(3));
    }

    private static Spec plain() {
        return hidden(Specs.plain());
    }

    /** One hidden layer of three units. */
    private static Spec hidden(Spec spec) {
        TestSpec wanted = new TestSpec();
        wanted.architecture = new Mlp(List.of(3));
        wanted.normalization = spec.model().normalization();
        return wanted.build();
    }

    private static Sight sight(Spec spec, Matrix second, Probe probe) {
        List<LayerWeights> weights = List.of(Sight.dense("layers.0", FIRST), Sight.dense("layers.1", second));
        List<LayerWeights> initial = new ArrayList<>();
        weights.forEach(layer -> initial.add(Sight.dense(
                layer.name(), Matrix.zeros(layer.matrix().rows(), layer.matrix().columns()))));
        return new Sight(
                100,
                true,
                spec,
                TargetKind.Classes.numbered(2),
                0.1,
                Map.of(
                        SplitName.TRAIN, new Evaluation(1, 1, 0.875, 8),
                        SplitName.TEST, new Evaluation(1, 1, 0.625, 8)),
                weights,
                Optional.of(new Observation.Start(initial, 0)),
                Map.of(SplitName.TRAIN, probe),
                Sight.NO_GRADIENTS);
    }
}
