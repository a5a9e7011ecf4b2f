package io.orrery.lab.train;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.Architecture;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.rule.TrainingRule;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Small specs and data for tests; every field may be changed before {@link #build}. */
public final class TestSpec {
    public Precision precision = Precision.DOUBLE;
    public Architecture architecture = new Mlp(List.of(8));
    public ModelSpec.Activation activation = ModelSpec.Activation.RELU;
    public boolean bias = false;
    public Optional<Boolean> outputBias = Optional.empty();
    public ModelSpec.Initialization initialization = ModelSpec.Initialization.HE;
    public double initialScale = 1;
    public List<Double> initialScales = List.of();
    public ModelSpec.Normalization normalization = ModelSpec.Normalization.NONE;
    public double initialRho = 1;
    public boolean projection = true;
    public double dropout = 0;
    public LossSpec loss = LossSpec.defaults();
    public TrainingRule rule = TrainingRule.standard();
    public OptimizerSpec.Kind optimizer = OptimizerSpec.Kind.SGD;
    public double learningRate = 0.05;
    public double momentum = 0.9;
    public boolean nesterov = false;
    public List<String> frozen = List.of();
    public DecaySpec decay = DecaySpec.defaults();
    public ScheduleSpec schedule = ScheduleSpec.defaults();
    public DataSource source = DataSpec.defaults().source();
    public int batchSize = 8;
    public DataSpec.Order order = DataSpec.Order.EPOCHS;
    public DataSpec.LastBatch lastBatch = DataSpec.LastBatch.KEEP;
    public OptionalLong steps = OptionalLong.of(20);
    public OptionalDouble stopLoss = OptionalDouble.empty();
    public OptionalInt perDecade = OptionalInt.of(3);
    public OptionalLong every = OptionalLong.empty();
    public List<Long> at = List.of();
    public MeasureSpec.Thorough thorough = MeasureSpec.Thorough.AFFORDABLE;
    public TasksSpec tasks = TasksSpec.defaults();
    public List<String> instruments = List.of("loss");
    public OptionalInt sample = OptionalInt.empty();
    public OptionalLong checkpointEvery = OptionalLong.empty();

    /** The spec. */
    public Spec build() {
        DataSpec data = DataSpec.defaults();
        return new Spec(
                "test",
                precision,
                new DataSpec(
                        source,
                        data.seed(),
                        data.validation(),
                        data.classes(),
                        data.perClass(),
                        data.imbalance(),
                        data.standardize(),
                        data.unitNorm(),
                        data.permute(),
                        data.labelNoise(),
                        data.randomLabels(),
                        batchSize,
                        order,
                        lastBatch,
                        data.unpackedMegabytes()),
                model(),
                loss,
                rule,
                new OptimizerSpec(optimizer, learningRate, momentum, nesterov, 0.9, 0.999, 1e-8, frozen),
                decay,
                schedule,
                new StopSpec(steps, OptionalInt.empty(), stopLoss, OptionalDouble.empty()),
                0,
                tasks,
                new MeasureSpec(instruments, perDecade, every, at, thorough, sample, checkpointEvery));
    }

    /** The model alone. */
    public ModelSpec model() {
        return new ModelSpec(
                architecture,
                activation,
                bias,
                outputBias,
                initialization,
                initialScale,
                initialScales,
                normalization,
                initialRho,
                projection,
                dropout,
                Optional.empty(),
                Optional.empty());
    }

    /** Unit vectors around one centre per class, classes in turn; a test split of the same size. */
    public static Dataset clusters(int classes, int count, Shape example, double spread, long seed) {
        int width = example.count();
        double[] centres = RandomStream.of(seed, "centres").normals(0, classes * width);
        return new Dataset(
                "clusters",
                example,
                TargetKind.Classes.numbered(classes),
                split(centres, classes, count, example, spread, RandomStream.of(seed, "train")),
                Optional.empty(),
                Optional.of(split(centres, classes, count, example, spread, RandomStream.of(seed, "test"))));
    }

    private static Split split(
            double[] centres, int classes, int count, Shape example, double spread, RandomStream stream) {
        int width = example.count();
        double[] noise = stream.normals(0, count * width);
        double[] values = new double[count * width];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % classes;
            double norm = 0;
            for (int j = 0; j < width; j++) {
                double value = centres[labels[i] * width + j] + spread * noise[i * width + j];
                values[i * width + j] = value;
                norm += value * value;
            }
            for (int j = 0; j < width; j++) {
                values[i * width + j] /= Math.sqrt(norm);
            }
        }
        int[] sizes = new int[example.rank() + 1];
        sizes[0] = count;
        System.arraycopy(example.sizes(), 0, sizes, 1, example.rank());
        return new Split(SharedArray.of(Shape.of(sizes), values), labels);
    }
}
