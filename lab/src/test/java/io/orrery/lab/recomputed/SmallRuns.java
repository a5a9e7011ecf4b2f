package io.orrery.lab.recomputed;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.task.PermutedTasks;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.LossSpec.Kind;
import io.orrery.lab.train.loss.LossSpec.Reduction;
import io.orrery.lab.train.loss.LossSpec.Targets;
import io.orrery.lab.train.rule.Rules;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Small runs that between them show every quantity, every kind of layer, loss, normalization, target and decay. */
final class SmallRuns {
    static final long SEED = 7;

    private static final Shape VECTOR = Shape.of(8);
    private static final Shape IMAGE = Shape.of(2, 7, 7);

    /**
     * A run whose looks of {@code measure.at}, on whole splits, are recomputed.
     *
     * @param between looks that take loss and accuracy on a sample, and are recomputed too
     */
    record SmallRun(String name, TestSpec spec, Dataset data, List<Long> between) {
        SmallRun(String name, TestSpec spec, Dataset data) {
            this(name, spec, data, List.of());
        }
    }

    private SmallRuns() {}

    static List<SmallRun> all() {
        return List.of(
                plain(),
                framework(),
                freeBias(),
                crossEntropy(),
                sphere(),
                sphereOfOneOutput(),
                weightNormalized(),
                batchNormalized(),
                locallyConnected(),
                strided(),
                residual(),
                bits(),
                oneBit(),
                reals(),
                realOnTheSphere(),
                tokens(),
                linearClassifier(),
                frozen(),
                frozenLast(),
                sampled(),
                fading(),
                missingClass(),
                oneClass(),
                linear(),
                large(),
                wide(),
                tasks(),
                fedBack(),
                distilled());
    }

    private static TestSpec spec(int... widths) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(IntStream.of(widths).boxed().toList());
        spec.instruments = List.of("all");
        spec.steps = OptionalLong.of(12);
        spec.at = List.of(0L, 5L, 12L);
        spec.perDecade = OptionalInt.of(1);
        spec.checkpointEvery = OptionalLong.of(1);
        spec.batchSize = 4;
        spec.learningRate = 0.03;
        spec.decay = decay(0.01);
        return spec;
    }

    private static DecaySpec decay(double lambda, Double... perLayer) {
        return new DecaySpec(
                lambda,
                List.of(perLayer),
                DecaySpec.Mode.COUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
    }

    private static SmallRun plain() {
        TestSpec spec = spec(6, 7);
        spec.steps = OptionalLong.of(40);
        spec.at = List.of(0L, 5L, 40L);
        return new SmallRun("ReLU, momentum, unequal classes, flat inputs", spec, data(VECTOR, 5, 0.3, 12, 9, 5));
    }

    private static SmallRun framework() {
        TestSpec spec = spec(5);
        spec.activation = Activation.LEAKY;
        spec.bias = true;
        spec.loss = new LossSpec(Kind.SQUARE, Targets.ONE_HOT, Reduction.MEAN, true);
        spec.optimizer = OptimizerSpec.Kind.ADAMW;
        spec.decay = new DecaySpec(
                0.02, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.FRAMEWORK, DecaySpec.Applies.ALL);
        Dataset data = data(VECTOR, 8, 1, 7, 8, 6);
        Dataset other = data(VECTOR, 8, 2, 4, 3, 4);
        return new SmallRun(
                "biases that decay, AdamW, framework convention, validation",
                spec,
                new Dataset(
                        data.description(),
                        data.exampleShape(),
                        data.target(),
                        data.train(),
                        Optional.of(other.train()),
                        data.test()));
    }

    private static SmallRun freeBias() {
        TestSpec spec = spec(6);
        spec.activation = Activation.SIGMOID;
        spec.outputBias = Optional.of(true);
        spec.nesterov = true;
        return new SmallRun("a bias of the last layer alone, sigmoid", spec, data(VECTOR, 8, 0.5, 6, 7, 8));
    }

    private static SmallRun crossEntropy() {
        TestSpec spec = spec(6, 5);
        spec.activation = Activation.GELU;
        spec.loss = new LossSpec(Kind.CROSS_ENTROPY, Targets.ONE_HOT, Reduction.SUM, false);
        spec.optimizer = OptimizerSpec.Kind.ADAM;
        return new SmallRun("cross-entropy, GELU, Adam, four classes", spec, data(VECTOR, 8, 0.5, 8, 7, 5, 9));
    }

    private static SmallRun sphere() {
        TestSpec spec = spec(6, 5);
        spec.normalization = Normalization.FROBENIUS;
        spec.initialRho = 2;
        spec.momentum = 0.5;
        spec.loss = new LossSpec(Kind.SQUARE, Targets.ONE_HOT, Reduction.MEAN, false);
        spec.schedule = new ScheduleSpec(ScheduleSpec.Kind.COSINE, 3, List.of(), 0.1, 0.2);
        spec.lastBatch = DataSpec.LastBatch.DROP;
        return new SmallRun("unit sphere, cosine schedule, last batch dropped", spec, data(VECTOR, 8, 0.4, 8, 8, 10));
    }

    private static SmallRun sphereOfOneOutput() {
        TestSpec spec = spec(7);
        spec.normalization = Normalization.FROBENIUS;
        spec.initialRho = 3;
        spec.momentum = 0;
        spec.loss = new LossSpec(Kind.SQUARE, Targets.SINGLE, Reduction.SUM, true);
        spec.decay = decay(0);
        spec.steps = OptionalLong.of(60);
        spec.at = List.of(0L, 5L, 60L);
        spec.learningRate = 0.1;
        return new SmallRun("unit sphere, one output, no decay", spec, data(VECTOR, 8, 0.1, 9, 14));
    }

    private static SmallRun weightNormalized() {
        TestSpec spec = spec(5, 6);
        spec.normalization = Normalization.WEIGHT;
        spec.loss = new LossSpec(Kind.SQUARE, Targets.PLUS_MINUS, Reduction.SUM, false);
        return new SmallRun("weight normalization, targets -1 and +1", spec, data(VECTOR, 8, 0.4, 9, 8, 7));
    }

    private static SmallRun batchNormalized() {
        TestSpec spec = spec();
        spec.architecture =
                new Layered(List.of(new Conv(3, 3, 2, 1), new Conv(4, 3, 1, 1), new MaxPool(2, 2), new Dense(5)), true);
        spec.normalization = Normalization.BATCH;
        spec.decay = new DecaySpec(
                0.01, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.ALL);
        return new SmallRun(
                "batch normalization, stride and padding, max pooling", spec, data(IMAGE, 98, 0.5, 7, 6, 9));
    }

    private static SmallRun locallyConnected() {
        TestSpec spec = spec();
        spec.architecture = new Layered(
                List.of(new Conv(3, 2, 1, 0), new AveragePool(2, 2), new Local(2, 2, 1, 0), new Dense(4)), true);
        spec.loss = new LossSpec(Kind.SQUARE, Targets.SINGLE, Reduction.SUM, false);
        return new SmallRun(
                "convolution and local layer without padding, one output", spec, data(IMAGE, 98, 0.5, 9, 8));
    }

    private static SmallRun strided() {
        TestSpec spec = spec();
        spec.architecture =
                new Layered(List.of(new Conv(3, 3, 2, 1), new Conv(2, 2, 1, 0), new MaxPool(2, 1 + 1)), true);
        spec.activation = Activation.TANH;
        return new SmallRun("tanh, stride and padding, max pooling", spec, data(IMAGE, 98, 0.5, 7, 5, 6));
    }

    private static SmallRun residual() {
        TestSpec spec = spec();
        spec.architecture = new Layered(
                List.of(
                        new Conv(2, 3, 1, 1),
                        new Residual(List.of(new Conv(3, 3, 2, 1), new Conv(3, 3, 1, 1))),
                        new GlobalPool(),
                        new Dense(4)),
                true);
        return new SmallRun("a residual block with a projection, global pooling", spec, data(IMAGE, 98, 0.5, 6, 5, 6));
    }

    private static SmallRun bits() {
        TestSpec spec = spec(6);
        spec.activation = Activation.SOFTPLUS;
        return new SmallRun("three bits, square loss, softplus", spec, bits(3, 21));
    }

    private static SmallRun oneBit() {
        TestSpec spec = spec(6);
        spec.loss = new LossSpec(Kind.CROSS_ENTROPY, Targets.ONE_HOT, Reduction.MEAN, false);
        return new SmallRun("one bit, logistic loss", spec, bits(1, 20));
    }

    private static SmallRun reals() {
        TestSpec spec = spec(6);
        spec.loss = new LossSpec(Kind.SQUARE, Targets.ONE_HOT, Reduction.MEAN, true);
        return new SmallRun("two real targets, half the mean square", spec, reals(2, 21));
    }

    private static SmallRun realOnTheSphere() {
        TestSpec spec = spec(5);
        spec.normalization = Normalization.FROBENIUS;
        return new SmallRun("a real target, frobenius normalization", spec, reals(1, 17));
    }

    private static Dataset reals(int outputs, int count) {
        TargetKind target = new TargetKind.Reals(
                IntStream.range(0, outputs).mapToObj(k -> "y" + k).toList());
        return dataset(VECTOR, target, reals(outputs, count, "train"), reals(outputs, count - 4, "test"));
    }

    private static Split reals(int outputs, int count, String stream) {
        return inputs(
                count,
                stream,
                new io.orrery.lab.data.set.Targets.Real(SharedArray.of(
                        Shape.of(count, outputs), RandomStream.of(SEED, stream).normals(1, count * outputs))));
    }

    /** Of three positions one to three are marked, of a vocabulary of four. */
    private static SmallRun tokens() {
        TestSpec spec = spec(6);
        spec.loss = new LossSpec(Kind.CROSS_ENTROPY, Targets.ONE_HOT, Reduction.SUM, false);
        Dataset data = dataset(VECTOR, new TargetKind.Tokens(3, 4), tokens(22, "train"), tokens(15, "test"));
        return new SmallRun("tokens at one to three marked positions", spec, data);
    }

    private static Split tokens(int count, String stream) {
        RandomStream random = RandomStream.of(SEED, stream);
        int[] tokens = new int[3 * count];
        for (int i = 0; i < tokens.length; i++) {
            boolean marked = i % 3 == 0 || random.integer(2, i, 2) == 1;
            tokens[i] = marked ? random.integer(3, i, 4) : TargetKind.Tokens.UNMARKED;
        }
        return inputs(count, stream, new io.orrery.lab.data.set.Targets.Whole(tokens, 3));
    }

    private static Split inputs(int count, String stream, io.orrery.lab.data.set.Targets targets) {
        double[] values = RandomStream.of(SEED, stream).normals(0, count * VECTOR.count());
        return new Split(SharedArray.of(Shape.of(count, VECTOR.count()), values), targets);
    }

    private static SmallRun linearClassifier() {
        TestSpec spec = spec();
        spec.order = DataSpec.Order.FULL;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0.05,
                List.of(),
                DecaySpec.Mode.DECOUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
        return new SmallRun("a linear classifier, full batch, decoupled decay", spec, data(VECTOR, 8, 0.4, 7, 9, 6));
    }

    private static SmallRun frozen() {
        TestSpec spec = spec(5, 6);
        spec.frozen = List.of("layers.0");
        spec.decay = decay(0.3, 0.01, 0.0, 0.02);
        return new SmallRun("a frozen layer, decay per layer", spec, data(VECTOR, 8, 0.4, 8, 8, 9));
    }

    private static SmallRun frozenLast() {
        TestSpec spec = spec(5);
        spec.frozen = List.of("layers.1");
        return new SmallRun("a frozen last layer, one lambda", spec, data(VECTOR, 8, 0.4, 8, 8, 9));
    }

    private static SmallRun sampled() {
        TestSpec spec = spec(5);
        spec.sample = OptionalInt.of(10);
        return new SmallRun(
                "loss and accuracy on a sample between full looks", spec, data(VECTOR, 8, 0.4, 8, 8, 9), List.of(1L));
    }

    /** Directions of the inputs whose sizes fall from 1 to 1e-9, across the limit at which they leave a span. */
    private static SmallRun fading() {
        TestSpec spec = spec(5);
        Dataset data = data(VECTOR, 8, 0.4, 8, 8, 9);
        return new SmallRun(
                "inputs in ever smaller directions",
                spec,
                dataset(
                        VECTOR,
                        TargetKind.Classes.numbered(3),
                        faded(data.train()),
                        faded(data.test().orElseThrow())));
    }

    private static Split faded(Split split) {
        int width = VECTOR.count();
        double[] basis = RandomStream.of(SEED, "directions").normals(0, width * width);
        double[] values = new double[split.count() * width];
        for (int n = 0; n < split.count(); n++) {
            double size = 1;
            for (int r = 0; r < width; r++) {
                for (int j = 0; j < width; j++) {
                    values[n * width + j] += size * split.inputs().get(n * width + r) * basis[r * width + j];
                }
                size *= 0.05;
            }
        }
        return split(VECTOR, values, split.labels());
    }

    private static SmallRun missingClass() {
        return new SmallRun("a class without examples", spec(5), data(VECTOR, 8, 0.4, 8, 0, 6, 7));
    }

    private static SmallRun tasks() {
        TestSpec spec = spec(5);
        spec.steps = OptionalLong.of(6);
        spec.at = List.of(0L, 6L, 9L, 18L);
        spec.tasks = new TasksSpec(new PermutedTasks(3, 0.7), List.of(), List.of());
        return new SmallRun("three tasks", spec, data(VECTOR, 8, 0.4, 8, 8, 9));
    }

    private static SmallRun oneClass() {
        return new SmallRun("examples of one class only", spec(5), data(VECTOR, 8, 0.4, 0, 12));
    }

    private static SmallRun linear() {
        TestSpec spec = spec(5, 4);
        spec.activation = Activation.LINEAR;
        spec.steps = OptionalLong.of(200);
        spec.at = List.of(0L, 5L, 200L);
        spec.momentum = 0;
        spec.schedule = new ScheduleSpec(ScheduleSpec.Kind.STEP, 0, List.of(0.5), 0.1, 0);
        return new SmallRun("a linear network, two classes with two outputs", spec, data(Shape.of(30), 30, 0.2, 9, 6));
    }

    private static SmallRun large() {
        TestSpec spec = spec(3);
        spec.batchSize = 300;
        return new SmallRun("more examples than the probe takes", spec, data(Shape.of(4), 4, 0.6, 900, 700, 500));
    }

    private static SmallRun wide() {
        TestSpec spec = spec(70);
        spec.instruments = List.of("norms", "rank", "distance", "balance");
        spec.decay = decay(0);
        return new SmallRun("more singular values than are shown", spec, data(Shape.of(66), 66, 0.4, 9, 8));
    }

    private static SmallRun fedBack() {
        TestSpec spec = spec(5, 6);
        spec.activation = Activation.TANH;
        spec.bias = true;
        spec.rule = Rules.of("{kind: direct-feedback-alignment, scale: 2}");
        spec.instruments = List.of("rule-direction");
        return new SmallRun("direct feedback alignment, tanh, biases", spec, data(VECTOR, 8, 0.4, 8, 7, 9));
    }

    private static SmallRun distilled() {
        TestSpec spec = spec(5);
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.rule =
                Rules.of("{kind: distillation, teacher: {kind: mlp, widths: [7, 6], bias: true, activation: tanh}}");
        spec.instruments = List.of("networks", "loss", "norms");
        return new SmallRun("a student and its teacher", spec, data(VECTOR, 8, 0.4, 8, 7, 9));
    }

    /**
     * Classes around random centres, in turn as long as they last, in a random subspace; a test split of the same sizes.
     *
     * @param rank dimension of the span of all examples
     */
    private static Dataset data(Shape example, int rank, double spread, int... sizes) {
        int width = example.count();
        double[] basis = RandomStream.of(SEED, "basis").normals(0, rank * width);
        double[] centres = RandomStream.of(SEED, "centres").normals(0, sizes.length * rank);
        return dataset(
                example,
                TargetKind.Classes.numbered(sizes.length),
                split(example, basis, rank, centres, spread, sizes, "train"),
                split(example, basis, rank, centres, spread, sizes, "test"));
    }

    private static Dataset dataset(Shape example, TargetKind target, Split train, Split test) {
        return new Dataset("small", example, target, train, Optional.empty(), Optional.of(test));
    }

    private static Split split(
            Shape example, double[] basis, int rank, double[] centres, double spread, int[] sizes, String stream) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < IntStream.of(sizes).max().orElseThrow(); i++) {
            for (int c = 0; c < sizes.length; c++) {
                if (i < sizes[c]) {
                    labels.add(c);
                }
            }
        }
        int width = example.count();
        double[] noise = RandomStream.of(SEED, stream).normals(0, labels.size() * rank);
        double[] values = new double[labels.size() * width];
        for (int n = 0; n < labels.size(); n++) {
            for (int r = 0; r < rank; r++) {
                double part = centres[labels.get(n) * rank + r] + spread * noise[n * rank + r];
                for (int j = 0; j < width; j++) {
                    values[n * width + j] += part * (rank == width ? r == j ? 0.4 : 0 : 0.15 * basis[r * width + j]);
                }
            }
        }
        return split(
                example, values, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Split split(Shape example, double[] values, int[] labels) {
        int[] sizes = new int[example.rank() + 1];
        sizes[0] = labels.length;
        System.arraycopy(example.sizes(), 0, sizes, 1, example.rank());
        return new Split(SharedArray.of(Shape.of(sizes), values), labels);
    }

    private static Dataset bits(int bits, int count) {
        TargetKind target = new TargetKind.Bits(
                IntStream.range(0, bits).mapToObj(Integer::toString).toList());
        return dataset(VECTOR, target, bits(bits, count, "train"), bits(bits, count, "test"));
    }

    private static Split bits(int bits, int count, String stream) {
        RandomStream random = RandomStream.of(SEED, stream);
        double[] values = random.normals(0, count * VECTOR.count());
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            labels[n] = random.integer(1, n, 1 << bits);
        }
        return split(VECTOR, values, labels);
    }
}
