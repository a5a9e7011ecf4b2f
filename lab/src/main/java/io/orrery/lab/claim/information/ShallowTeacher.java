package io.orrery.lab.claim.information;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.DenseNetwork;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Normal;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.EquivalentLinearModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learners of a random two-layer network: ridge regression, Gaussian process regression and a trained network. Several teachers share
 * hidden units, inputs and noise and differ in the signs of their outer weights, which makes their linear parts independent.
 */
final class ShallowTeacher implements Computation {
    static final String NAME = "shallow-teacher";

    private static final double MOMENTUM = 0.9;
    private static final int LOOKS = 40;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "learners of a random two-layer network of error functions, y = sum_j +-erf(w_j.x / sqrt(d)) / sqrt(p) + noise: test errors at"
                + " an eighth, a quarter, half and all of the examples, of ridge regression and of the Gaussian process that the teacher is when"
                + " infinitely wide, means over teachers, and of a trained network at its best step and of ridge regression for the first teacher";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number d of inputs", 2, 500),
                Parameter.whole("hidden", "the number p of the teacher's hidden units", 1, 20_000),
                Parameter.real("noise", "the variance of the noise of targets", 1e-6, 10),
                Parameter.real("ratio", "the number of examples per input", 0.1, 100),
                Parameter.whole("teachers", "the number of teachers that are averaged", 1, 1000),
                Parameter.whole("tests", "the number of test examples", 10, 100_000),
                Parameter.whole("width", "the number of hidden units of the trained network", 1, 1000),
                Parameter.whole("steps", "the number of its steps", 40, 100_000),
                Parameter.real("rate", "its learning rate", 1e-6, 10));
    }

    /** The numbers of examples: an eighth, a quarter, half and all of ratio times inputs. */
    static int[] examples(Setting setting) {
        double most = setting.get("ratio") * setting.whole("inputs");
        return IntStream.of(8, 4, 2, 1)
                .map(part -> Math.toIntExact(Math.max(1, Math.round(most / part))))
                .toArray();
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Teachers teachers = Teachers.of(
                seed,
                setting.whole("teachers"),
                setting.whole("hidden"),
                setting.whole("inputs"),
                setting.get("noise"));
        int[] counts = examples(setting);
        Data most = teachers.data(seed, "training", counts[counts.length - 1]);
        Data test = teachers.data(seed, "test", setting.whole("tests"));
        EquivalentLinearModel model = EquivalentLinearModel.ofErrorFunction(setting.get("noise"));
        double[] ridge = new double[counts.length];
        double[] process = new double[counts.length];
        double[] network = new double[counts.length];
        double[] beside = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            Data training = most.first(counts[i]);
            double[] errors = ridge(training, test, model);
            ridge[i] = Arrays.stream(errors).average().orElseThrow();
            beside[i] = errors[0];
            process[i] = Arrays.stream(process(training, test, setting.get("noise")))
                    .average()
                    .orElseThrow();
            network[i] = network(seed, training.ofFirstTeacher(), test.ofFirstTeacher(), setting);
        }
        return Results.none()
                .with("ridge", ridge)
                .with("process", process)
                .with("network", network)
                .with("ridge-beside", beside);
    }

    /** The test errors, one a teacher, of ridge regression with the penalty that is best for the equivalent linear model, s2 d / rho^2. */
    static double[] ridge(Data training, Data test, EquivalentLinearModel model) {
        int inputs = training.inputs.columns();
        Matrix gram = Products.gram(training.inputs);
        for (int i = 0; i < inputs; i++) {
            gram.values()[i * inputs + i] += model.variance() * inputs / (model.slope() * model.slope());
        }
        Matrix weights = Cholesky.of(gram).solve(Products.transposedTimes(training.inputs, training.targets));
        return errors(Products.times(test.inputs, weights), test);
    }

    /** The test errors, one a teacher, of the posterior mean of the Gaussian process that the teacher is with infinitely many hidden units. */
    static double[] process(Data training, Data test, double noise) {
        Matrix kernel = kernel(training.inputs, training.inputs);
        int count = kernel.rows();
        for (int i = 0; i < count; i++) {
            kernel.values()[i * count + i] += noise;
        }
        Matrix weights = Cholesky.of(kernel).solve(training.targets);
        return errors(Products.times(kernel(test.inputs, training.inputs), weights), test);
    }

    /** E erf(w.x) erf(w.z) for w with variance 1/d: (2/pi) asin(2 x.z/d / sqrt((1 + 2 x.x/d)(1 + 2 z.z/d))) (Williams 1998). */
    static Matrix kernel(Matrix left, Matrix right) {
        double[] leftNorms = norms(left);
        double[] rightNorms = norms(right);
        double[] values = Products.timesTransposed(left, right).values();
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < right.rows(); column++) {
                int at = row * right.rows() + column;
                double inner = values[at] / left.columns();
                double cosine = 2 * inner / Math.sqrt((1 + 2 * leftNorms[row]) * (1 + 2 * rightNorms[column]));
                values[at] = 2 / StrictMath.PI * StrictMath.asin(cosine);
            }
        }
        return new Matrix(left.rows(), right.rows(), values);
    }

    private static double[] norms(Matrix rows) {
        int width = rows.columns();
        return IntStream.range(0, rows.rows())
                .mapToDouble(row -> Products.dot(rows.values(), row * width, rows.values(), row * width, width) / width)
                .toArray();
    }

    /** The smallest test error over the course of descent: a network whose training is stopped at the best moment. */
    private static double network(long seed, Data training, Data test, Setting setting) {
        DenseNetwork network = new DenseNetwork(
                RandomStream.of(seed, "network"),
                DenseNetwork.Activation.TANH,
                1,
                0,
                training.inputs.columns(),
                setting.whole("width"),
                1);
        int steps = setting.whole("steps");
        double best = errors(network.outputs(test.inputs), test)[0];
        for (int step = 1; step <= steps; step++) {
            network.descend(training.inputs, training.targets, setting.get("rate"), MOMENTUM);
            if (step % (steps / LOOKS) == 0) {
                best = Math.min(best, errors(network.outputs(test.inputs), test)[0]);
            }
        }
        return best;
    }

    /** The mean squared error of each column. */
    private static double[] errors(Matrix predictions, Data test) {
        Matrix off = Products.combination(1, predictions, -1, test.targets);
        for (int i = 0; i < off.values().length; i++) {
            off.values()[i] *= off.values()[i];
        }
        return Products.columnMeans(off);
    }

    /**
     * Examples.
     *
     * @param inputs one per row
     * @param targets one column a teacher
     */
    record Data(Matrix inputs, Matrix targets) {
        Data first(int count) {
            return new Data(first(inputs, count), first(targets, count));
        }

        Data ofFirstTeacher() {
            double[] column = new double[targets.rows()];
            for (int row = 0; row < column.length; row++) {
                column[row] = targets.at(row, 0);
            }
            return new Data(inputs, new Matrix(column.length, 1, column));
        }

        private static Matrix first(Matrix rows, int count) {
            return new Matrix(count, rows.columns(), Arrays.copyOf(rows.values(), count * rows.columns()));
        }
    }

    /**
     * Random two-layer networks with the same hidden units.
     *
     * @param weights of the hidden units, [units, inputs], variance 1
     * @param signs of the outer weights, 1 or -1, [units, teachers]
     * @param noise the variance of what is added
     */
    record Teachers(Matrix weights, Matrix signs, double noise) {
        static Teachers of(long seed, int teachers, int hidden, int inputs, double noise) {
            double[] signs = RandomStream.of(seed, "signs").uniforms(0, 0, Math.multiplyExact(hidden, teachers));
            for (int i = 0; i < signs.length; i++) {
                signs[i] = signs[i] < 0.5 ? -1 : 1;
            }
            double[] weights = RandomStream.of(seed, "teacher").normals(0, Math.multiplyExact(hidden, inputs));
            return new Teachers(new Matrix(hidden, inputs, weights), new Matrix(hidden, teachers, signs), noise);
        }

        Data data(long seed, String which, int count) {
            int width = weights.columns();
            Matrix inputs = new Matrix(
                    count,
                    width,
                    RandomStream.of(seed, which + " inputs").normals(0, Math.multiplyExact(count, width)));
            Matrix hidden = Products.timesTransposed(inputs, weights);
            double scale = Math.sqrt(2.0 / width);
            for (int i = 0; i < hidden.values().length; i++) {
                hidden.values()[i] = 2 * Normal.cumulative(scale * hidden.values()[i]) - 1;
            }
            Matrix noises = new Matrix(
                    count,
                    signs.columns(),
                    RandomStream.of(seed, which + " noise").normals(0, Math.multiplyExact(count, signs.columns())));
            Matrix targets = Products.combination(
                    1 / Math.sqrt(signs.rows()), Products.times(hidden, signs), Math.sqrt(noise), noises);
            return new Data(inputs, targets);
        }
    }
}
