package io.orrery.bench;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.plan.compile.Compiler;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.bench.peer.Torch;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.model.Network;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.run.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lab's trainer and libtorch from the same weights on the same batches. Held against each other, array by array: the
 * gradients of the data loss relative to their norm, and after each of ten steps the parameters and running statistics
 * relative to the norm of their change since the start. Images are small and the deepest networks smooth: where rounding
 * puts one number on the other side of a ReLU's kink, the two sides part, and both are right.
 */
@Tag("long")
@Tag("peers")
final class AgreementTest {
    private static final int STEPS = 10;
    private static final long SEED = 3;
    private static final Shape VECTOR = Shape.of(20);
    private static final Shape IMAGE = Shape.of(3, 8, 8);

    /** A spec without its precision, and what it is trained on. */
    private record Case(String name, Precision precision, Shape example, int classes, String yaml) {
        Spec spec() {
            String text = yaml + "\nprecision: " + precision.name().toLowerCase(Locale.ROOT) + "\nstop: {steps: "
                    + STEPS + "}\n";
            return SpecDocument.of(text, name).spec();
        }

        /** Normal inputs of variance 1, labels in turn; 88 examples: batches of 32, 32 and 24. */
        Dataset data() {
            int count = 88;
            double[] values = RandomStream.of(1, "inputs").normals(0, count * example.count());
            int[] sizes = new int[example.rank() + 1];
            sizes[0] = count;
            for (int axis = 0; axis < example.rank(); axis++) {
                sizes[axis + 1] = example.size(axis);
            }
            Split train = new Split(
                    SharedArray.of(Shape.of(sizes), values).in(precision),
                    IntStream.range(0, count).map(i -> i % classes).toArray());
            List<String> names =
                    IntStream.range(0, classes).mapToObj(Integer::toString).toList();
            return new Dataset(
                    "normal",
                    example,
                    new TargetKind.Classes(names),
                    train,
                    Optional.empty(),
                    Optional.empty());
        }

        /** The share of a norm that two correct implementations may differ by. */
        double tolerance() {
            return precision == Precision.SINGLE ? 1e-5 : 1e-10;
        }

        /** Of 1: what rounding a parameter to its precision costs, however small its change. */
        double halfUlp() {
            return precision == Precision.SINGLE ? 0x1p-24 : 0x1p-53;
        }

        @Override
        public String toString() {
            return name + ", " + precision.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String SGD = "optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}";
    private static final String MOMENTUM = "optimizer: {kind: sgd, learningRate: 0.03, momentum: 0.9}";
    private static final String NO_DECAY = "decay: {lambda: 0}";

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (String activation : List.of("relu", "tanh", "gelu", "leaky", "sigmoid", "softplus")) {
                cases.add(vectors(precision, activation + " with biases", mlp(activation), SGD, NO_DECAY));
            }
            cases.add(vectors(
                    precision, "momentum, decay on the squared norm", mlp("relu"), MOMENTUM, "decay: {lambda: 0.01}"));
            cases.add(vectors(
                    precision,
                    "Nesterov, decay in the framework's convention on everything",
                    mlp("gelu"),
                    "optimizer: {kind: sgd, learningRate: 0.03, momentum: 0.9, nesterov: true}",
                    "decay: {lambda: 0.02, convention: framework, applies: all}"));
            cases.add(vectors(
                    precision,
                    "SGD, decoupled decay",
                    mlp("tanh"),
                    MOMENTUM,
                    "decay: {lambda: 0.05, mode: decoupled}"));
            cases.add(vectors(
                    precision,
                    "Adam, coupled decay",
                    mlp("tanh"),
                    "optimizer: {kind: adam, learningRate: 0.01, beta1: 0.8, beta2: 0.99}",
                    "decay: {lambda: 0.01}"));
            cases.add(vectors(
                    precision,
                    "AdamW",
                    mlp("relu"),
                    "optimizer: {kind: adamw, learningRate: 0.01}",
                    "decay: {lambda: 0.1}"));
            cases.add(vectors(
                    precision,
                    "AdamW, framework's convention, other epsilon",
                    mlp("gelu"),
                    "optimizer: {kind: adamw, learningRate: 0.01, epsilon: 1.0e-4}",
                    "decay: {lambda: 0.1, convention: framework}",
                    "loss: {kind: cross-entropy}"));
            cases.add(vectors(precision, "square loss, mean", mlp("relu"), MOMENTUM, "loss: {reduction: mean}"));
            cases.add(vectors(
                    precision,
                    "square loss, half, plus-minus",
                    mlp("relu"),
                    SGD,
                    "loss: {half: true, targets: plus-minus}"));
            cases.add(vectors(precision, "cross-entropy", mlp("relu"), MOMENTUM, "loss: {kind: cross-entropy}"));
            cases.add(new Case(
                    "square loss, single output",
                    precision,
                    VECTOR,
                    2,
                    String.join("\n", mlp("tanh"), SGD, "loss: {targets: single}", "data: {batchSize: 32}")));
            cases.add(vectors(
                    precision,
                    "cosine schedule with warm-up",
                    mlp("tanh"),
                    MOMENTUM,
                    "schedule: {kind: cosine, warmup: 3, finalFactor: 0.1}"));
            cases.add(vectors(
                    precision,
                    "Adam, step schedule",
                    mlp("tanh"),
                    "optimizer: {kind: adam, learningRate: 0.01}",
                    "schedule: {kind: step, milestones: [0.3, 0.6], factor: 0.5}"));
            cases.add(new Case(
                    "the full set",
                    precision,
                    VECTOR,
                    5,
                    String.join("\n", mlp("gelu"), MOMENTUM, "data: {order: full}")));
            cases.add(vectors(
                    precision,
                    "batch normalization of dense layers",
                    "model: {kind: mlp, widths: [32, 24], normalization: batch}",
                    MOMENTUM,
                    "decay: {lambda: 0.01, applies: all}"));
            cases.add(images(
                    precision,
                    "weight normalization",
                    "model: {kind: cnn, channels: [6, 8], pool: none, activation: tanh, bias: true, normalization: weight}",
                    MOMENTUM,
                    "decay: {lambda: 0.01}"));
            cases.add(vectors(
                    precision,
                    "residual block of dense layers",
                    """
                    model:
                      kind: layers
                      activation: gelu
                      bias: true
                      layers:
                        - {kind: dense, units: 24}
                        - {kind: residual, layers: [{kind: dense, units: 16}, {kind: dense, units: 24}]}
                        - {kind: residual, layers: [{kind: dense, units: 12}]}
                    """,
                    "optimizer: {kind: sgd, learningRate: 0.005, momentum: 0.9}"));
            cases.add(images(
                    precision,
                    "convolutions with max pooling",
                    "model: {kind: cnn, channels: [6, 8], kernel: 3, pool: max, widths: [16], bias: true}",
                    MOMENTUM));
            cases.add(images(
                    precision,
                    "convolutions with average pooling, cross-entropy, Adam",
                    "model: {kind: cnn, channels: [6, 8], kernel: 5, padding: 2, pool: average, activation: tanh, bias: true}",
                    "optimizer: {kind: adam, learningRate: 0.005}",
                    "loss: {kind: cross-entropy}"));
            cases.add(images(
                    precision,
                    "convolutions with batch normalization",
                    "model: {kind: cnn, channels: [6, 8], pool: max, normalization: batch}",
                    MOMENTUM,
                    "loss: {kind: cross-entropy}"));
            cases.add(images(
                    precision,
                    "residual blocks of convolutions with batch normalization",
                    """
                    model:
                      kind: layers
                      activation: gelu
                      normalization: batch
                      layers:
                        - {kind: conv, channels: 8}
                        - {kind: residual, layers: [{kind: conv, channels: 8}, {kind: conv, channels: 8}]}
                        - {kind: residual, layers: [{kind: conv, channels: 12, stride: 2}, {kind: conv, channels: 12}]}
                        - {kind: global-pool}
                    """,
                    "optimizer: {kind: sgd, learningRate: 0.01, momentum: 0.9, nesterov: true}"));
            cases.add(images(
                    precision,
                    "strided convolutions, the last one the output",
                    """
                    model:
                      kind: layers
                      outputLayer: false
                      layers:
                        - {kind: conv, channels: 8, stride: 2}
                        - {kind: conv, channels: 12, stride: 2}
                        - {kind: conv, channels: 5, kernel: 2, padding: 0}
                    """,
                    MOMENTUM,
                    "decay: {lambda: 0.01, convention: framework}",
                    "loss: {reduction: mean}"));
        }
        return cases.stream();
    }

    private static String mlp(String activation) {
        return "model: {kind: mlp, widths: [32, 24], bias: true, activation: " + activation + "}";
    }

    private static Case vectors(Precision precision, String name, String... parts) {
        return new Case(name, precision, VECTOR, 5, String.join("\n", parts) + "\ndata: {batchSize: 32}");
    }

    private static Case images(Precision precision, String name, String... parts) {
        return new Case(name, precision, IMAGE, 5, String.join("\n", parts) + "\ndata: {batchSize: 32}");
    }

    @BeforeAll
    static void oneThread() {
        Torch.threads(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgree(Case given) {
        Spec spec = given.spec();
        Dataset data = given.data();
        Trainer trainer = trainer(spec, data);
        SequencedMap<String, double[]> ours = gradients(spec, data, trainer.state());
        TorchTwinTraining theirs = twin(spec, data, trainer.state());
        int[] everything = IntStream.range(0, data.train().count()).toArray();
        theirs.gradients(everything).forEach((name, expected) -> {
            double[] found = of(ours, name);
            assertThat(distance(found, expected) / norm(expected))
                    .as("gradient of %s, relative to its norm", name)
                    .isLessThanOrEqualTo(given.tolerance());
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenStepsAgree(Case given) {
        Spec spec = given.spec();
        Dataset data = given.data();
        Trainer trainer = trainer(spec, data);
        TorchTwinTraining twin = twin(spec, data, trainer.state());
        SequencedMap<String, double[]> start = twin.arrays();
        Schedule schedule = new Schedule(spec);
        for (int step = 0; step < STEPS; step++) {
            double loss = trainer.advance();
            double expectedLoss = twin.step(rows(spec, data, step), schedule.rate(step));
            assertThat(Math.abs(loss - expectedLoss) / expectedLoss)
                    .as("loss of the batch of step %d", step)
                    .isLessThanOrEqualTo(given.tolerance());
            int done = step + 1;
            twin.arrays().forEach((name, expected) -> {
                double[] found = trainer.state().read(name);
                double change = distance(expected, of(start, name));
                assertThat(distance(found, expected))
                        .as("%s after %d steps, which changed by %s", name, done, change)
                        .isLessThanOrEqualTo(given.tolerance() * change + given.halfUlp() * norm(expected));
            });
        }
    }

    private static Trainer trainer(Spec spec, Dataset data) {
        return new Trainer(spec, SEED, data, List.of(), Workers.single());
    }

    private static TorchTwinTraining twin(Spec spec, Dataset data, State initial) {
        return new TorchTwinTraining(spec, data, Loss.of(spec.loss(), data).outputs(), initial);
    }

    private static SequencedMap<String, double[]> gradients(Spec spec, Dataset data, State state) {
        Loss loss = Loss.of(spec.loss(), data);
        Network network = Network.of(spec.model(), data.exampleShape(), loss.outputs());
        Graph graph = new Graph(spec.precision());
        Batch batch = Batch.whole(graph, network, loss, data.train().count());
        SequencedMap<String, Node> values = network.read(graph);
        Node outputs = network.train(graph, values, batch.inputs(), graph.indexInput("step", Shape.SCALAR))
                .outputs();
        Node mean = loss.perExample(outputs, batch.targets())
                .sum()
                .divide(data.train().count());
        List<Node> parameters = network.parameters().stream()
                .map(parameter -> java.util.Objects.requireNonNull(values.get(parameter.name())))
                .toList();
        List<Node> gradients = Gradient.of(mean, parameters);
        for (int i = 0; i < gradients.size(); i++) {
            graph.output(network.parameters().get(i).name(), gradients.get(i));
        }
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, SEED);
        Batch.share(execution, loss, data.train());
        execution.run();
        SequencedMap<String, double[]> found = new LinkedHashMap<>();
        network.parameters().forEach(parameter -> found.put(parameter.name(), execution.read(parameter.name())));
        return found;
    }

    /** Rows as the design defines them: Fisher-Yates keyed by seed, stream "order" and epoch. */
    private static int[] rows(Spec spec, Dataset data, int step) {
        int count = data.train().count();
        if (spec.data().order() == DataSpec.Order.FULL) {
            return IntStream.range(0, count).toArray();
        }
        int stepsPerEpoch = BatchOrder.of(spec.data(), count, SEED).stepsPerEpoch();
        int[] order = RandomStream.of(SEED, "order").permutation(step / stepsPerEpoch, count);
        int from = step % stepsPerEpoch * spec.data().batchSize();
        return Arrays.copyOfRange(
                order, from, Math.min(count, from + spec.data().batchSize()));
    }

    private static double[] of(Map<String, double[]> arrays, String name) {
        double[] values = arrays.get(name);
        assertThat(values).as(name).isNotNull();
        return java.util.Objects.requireNonNull(values);
    }

    private static double distance(double[] left, double[] right) {
        assertThat(left).hasSameSizeAs(right);
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }
        return Math.sqrt(sum);
    }

    private static double norm(double[] values) {
        return distance(values, new double[values.length]);
    }
}
