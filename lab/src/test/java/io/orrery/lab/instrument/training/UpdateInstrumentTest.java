package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.LayerNorm;
import io.orrery.lab.model.layer.Pade;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.reading.UpdatesReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readings against the updates that a trainer of plain SGD at rate 1 makes on single examples and whole sets. */
class UpdateInstrumentTest {
    private static final int EXAMPLES = 9;

    private record Case(String name, TestSpec spec, Shape example) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        TestSpec plain = new TestSpec();
        plain.architecture = new Mlp(List.of(7, 5));
        TestSpec biased = new TestSpec();
        biased.bias = true;
        TestSpec frozen = new TestSpec();
        frozen.architecture = new Mlp(List.of(7, 5));
        frozen.frozen = List.of("layers.1");
        TestSpec sphere = new TestSpec();
        sphere.normalization = Normalization.FROBENIUS;
        sphere.projection = false;
        sphere.initialRho = 3;
        TestSpec rhoAlone = new TestSpec();
        rhoAlone.normalization = Normalization.FROBENIUS;
        rhoAlone.frozen = List.of("layers.0", "layers.1");
        TestSpec images = new TestSpec();
        images.architecture = new Cnn(List.of(3), 3, 1, 1, Cnn.Pool.MAX, false, List.of());
        TestSpec imagesOnSphere = new TestSpec();
        imagesOnSphere.architecture = images.architecture;
        imagesOnSphere.normalization = Normalization.FROBENIUS;
        imagesOnSphere.projection = false;
        TestSpec weightNormalized = new TestSpec();
        weightNormalized.normalization = Normalization.WEIGHT;
        TestSpec trainedActivation = new TestSpec();
        trainedActivation.activation = Activation.LINEAR;
        trainedActivation.architecture = new Layered(List.of(new Dense(5), new Pade()), true);
        TestSpec layerNorm = new TestSpec();
        layerNorm.architecture = new Layered(List.of(new LayerNorm(), new Dense(5), new LayerNorm()), true);
        Shape vector = Shape.of(6);
        return Stream.of(
                new Case("plain", plain, vector),
                new Case("with biases", biased, vector),
                new Case("a layer frozen", frozen, vector),
                new Case("on the sphere", sphere, vector),
                new Case("rho alone", rhoAlone, vector),
                new Case("convolution", images, Shape.of(2, 6, 6)),
                new Case("convolution on the sphere", imagesOnSphere, Shape.of(2, 6, 6)),
                new Case("weight normalization", weightNormalized, vector),
                new Case("trained activation", trainedActivation, vector),
                new Case("layer normalization", layerNorm, vector));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exampleVarianceIsThatOfTheUpdatesOfSingleExamples(Case given) {
        Dataset data = TestSpec.clusters(3, EXAMPLES, given.example, 0.5, 4);
        TestSpec spec = plainSgd(given.spec, 0);
        List<double[]> updates = new ArrayList<>();
        for (int n = 0; n < EXAMPLES; n++) {
            updates.add(update(spec, only(data, n)));
        }
        double[] mean = new double[updates.getFirst().length];
        updates.forEach(update -> add(mean, update, 1.0 / EXAMPLES));
        double variance = updates.stream()
                .mapToDouble(update -> {
                    double[] distance = update.clone();
                    add(distance, mean, -1);
                    return square(distance) / EXAMPLES;
                })
                .sum();
        double found = read(spec, data).get("update.example-variance").getFirst();
        assertThat(found).isCloseTo(variance, within(1e-10 * variance));
    }

    /** Batches of one example: the mean over examples of the size of their updates, decay in each. */
    @ParameterizedTest
    @MethodSource("cases")
    void theNormIsTheMeanSizeOfUpdatesWithDecay(Case given) {
        Dataset data = TestSpec.clusters(3, EXAMPLES, given.example, 0.5, 4);
        TestSpec spec = plainSgd(given.spec, 0.05);
        double expected = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            expected += Math.sqrt(square(update(spec, only(data, n)))) / EXAMPLES;
        }
        spec.batchSize = 1;
        Found found = read(spec, data);
        assertThat(found.get("update.norm").getFirst()).isCloseTo(expected, within(1e-10 * expected));
        assertThat(found.get("update.batches")).containsExactly(9.0);
        assertThat(found.get("update.examples")).containsExactly(9.0);
    }

    @Test
    void theWholeSetIsOneBatch() {
        Dataset data = TestSpec.clusters(3, EXAMPLES, Shape.of(6), 0.5, 4);
        TestSpec spec = plainSgd(new TestSpec(), 0.05);
        double expected = Math.sqrt(square(update(spec, data)));
        spec.order = DataSpec.Order.FULL;
        Found found = read(spec, data);
        assertThat(found.get("update.norm").getFirst()).isCloseTo(expected, within(1e-10 * expected));
        assertThat(found.get("update.batches")).containsExactly(1.0);
    }

    @Test
    void theRestOfAnEpochIsABatchUnlessItIsDropped() {
        Dataset data = TestSpec.clusters(3, EXAMPLES, Shape.of(6), 0.5, 4);
        TestSpec spec = plainSgd(new TestSpec(), 0);
        spec.batchSize = 4;
        assertThat(read(spec, data).get("update.batches")).containsExactly(3.0);
        spec.lastBatch = DataSpec.LastBatch.DROP;
        assertThat(read(spec, data).get("update.batches")).containsExactly(2.0);
    }

    private static TestSpec plainSgd(TestSpec spec, double lambda) {
        spec.momentum = 0;
        spec.learningRate = 1;
        spec.decay = new DecaySpec(
                lambda,
                List.of(),
                DecaySpec.Mode.COUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
        return spec;
    }

    private static Trainer trainer(TestSpec spec, Dataset data) {
        return new Trainer(spec.build(), 7, data, List.of(), Workers.single());
    }

    private static Found read(TestSpec spec, Dataset data) {
        LearningRate rate = new LearningRate(1, ScheduleSpec.defaults(), 1);
        Observation seen = trainer(spec, data).observer().look(0, true, true, rate, Set.of(new UpdatesReading()));
        return Sight.read(new UpdateInstrument(), seen);
    }

    /** What the first step subtracts from all parameters together. */
    private static double[] update(TestSpec spec, Dataset data) {
        int batch = spec.batchSize;
        spec.batchSize = data.train().count();
        Trainer trainer = trainer(spec, data);
        spec.batchSize = batch;
        State before = trainer.state().copy();
        trainer.advance();
        return before.layout().names().stream()
                .flatMapToDouble(name -> {
                    double[] difference = before.read(name);
                    add(difference, trainer.state().read(name), -1);
                    return java.util.Arrays.stream(difference);
                })
                .toArray();
    }

    private static Dataset only(Dataset data, int row) {
        int width = data.exampleShape().count();
        double[] input = new double[width];
        for (int j = 0; j < width; j++) {
            input[j] = data.train().inputs().get(row * width + j);
        }
        SharedArray inputs = SharedArray.of(data.train().inputs().shape().with(0, 1), input);
        return new Dataset(
                data.description(),
                data.exampleShape(),
                data.target(),
                new Split(inputs, new int[] {data.train().labels()[row]}),
                Optional.empty(),
                Optional.empty());
    }

    private static void add(double[] sum, double[] other, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other[i];
        }
    }

    private static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
