package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A random network says what is wanted: h_0 = x normal of variance 1, h_l = phi(W_l h_(l-1)), y = W h + noise, no biases. Weights
 * are normal of variance 1 / fan-in, 2 / fan-in before a ReLU, so that outputs are of size about 1 at any depth (He et al.
 * 2015). Test targets are without noise, so that the loss there is the squared distance from the teacher.
 */
@Kind("teacher-network")
@About("normal inputs, and as targets the outputs of a random network, plus noise; targets are real numbers")
public record TeacherNetwork(
        @About("training examples") int train,
        @About("test examples, without noise") int test,
        @About("d: input features, normal of variance 1") int dimensions,

        @About("units of the teacher's hidden layers; [] for a linear teacher")
        List<Integer> teacher,

        @About("phi of the hidden layers: relu, tanh or linear")
        Phi phi,

        @About("real targets of an example") int outputs,

        @About("standard deviation of the normal noise on training targets")
        double noise)
        implements DataSource {
    /** What hidden layers do. */
    public enum Phi {
        RELU {
            @Override
            double at(double value) {
                return Math.max(0, value);
            }
        },
        TANH {
            @Override
            double at(double value) {
                return StrictMath.tanh(value);
            }
        },
        LINEAR {
            @Override
            double at(double value) {
                return value;
            }
        };

        abstract double at(double value);
    }

    /** One layer's weights [rows, columns], row-major. */
    private record Layer(int rows, int columns, double[] weights) {
        double[] times(double[] values) {
            double[] result = new double[rows];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    result[i] += weights[i * columns + j] * values[j];
                }
            }
            return result;
        }
    }

    /** 200 examples of 20 features, a teacher with 5 ReLU units, one output, noise 0.1. */
    public static TeacherNetwork defaults() {
        return new TeacherNetwork(200, 1000, 20, List.of(5), Phi.RELU, 1, 0.1);
    }

    /** Copies the widths. */
    public TeacherNetwork {
        teacher = List.copyOf(teacher);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("teacher-network", train, test);
        Generated.atLeast("teacher-network", "dimensions", 1, dimensions);
        Generated.atLeast("teacher-network", "outputs", 1, outputs);
        Generated.notNegative("teacher-network", "noise", noise);
        if (teacher.stream().anyMatch(width -> width < 1)) {
            throw new UserError(
                    "data.teacher of source teacher-network: expected 1 or more units in each layer, found " + teacher);
        }
        int _ = Generated.elements((long) train + test, (long) dimensions + outputs);
        RandomStream random = RandomStream.of(seed, "data");
        List<Layer> layers = layers(random);
        return new Dataset(
                "teacher-network: " + dimensions + " normal features, teacher " + teacher + " to " + outputs,
                Shape.of(dimensions),
                new TargetKind.Reals(
                        outputs == 1
                                ? List.of("y")
                                : IntStream.range(0, outputs)
                                        .mapToObj(k -> "y" + k)
                                        .toList()),
                Generated.reals(train, dimensions, outputs, 0, (_, step, x, y) -> {
                    draw(random, layers, step, x, y);
                    for (int k = 0; k < outputs; k++) {
                        y[k] += noise * random.normal(step, dimensions + k);
                    }
                }),
                Optional.empty(),
                Generated.test(
                        test,
                        () -> Generated.reals(
                                test,
                                dimensions,
                                outputs,
                                Generated.TEST_STEPS,
                                (_, step, x, y) -> draw(random, layers, step, x, y))));
    }

    private void draw(RandomStream random, List<Layer> layers, long step, double[] x, double[] y) {
        System.arraycopy(random.normals(step, dimensions), 0, x, 0, dimensions);
        double[] values = x;
        for (Layer layer : layers) {
            values = layer.times(values);
            if (layer != layers.getLast()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = phi.at(values[i]);
                }
            }
        }
        System.arraycopy(values, 0, y, 0, outputs);
    }

    private List<Layer> layers(RandomStream random) {
        List<Integer> sizes = new ArrayList<>(List.of(dimensions));
        sizes.addAll(teacher);
        sizes.add(outputs);
        List<Layer> layers = new ArrayList<>();
        for (int l = 1; l < sizes.size(); l++) {
            int rows = sizes.get(l);
            int columns = sizes.get(l - 1);
            boolean hidden = l < sizes.size() - 1;
            double deviation = Math.sqrt((hidden && phi == Phi.RELU ? 2.0 : 1.0) / columns);
            double[] weights = random.normals(Generated.SHARED_STEPS + l, Generated.elements(rows, columns));
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= deviation;
            }
            layers.add(new Layer(rows, columns, weights));
        }
        return layers;
    }

    @Override
    public boolean generated() {
        return true;
    }
}
