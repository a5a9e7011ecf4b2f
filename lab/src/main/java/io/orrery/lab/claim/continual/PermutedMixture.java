package io.orrery.lab.claim.continual;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.DenseNetwork;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Largest;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;

/** A small classifier on one task after another: one Gaussian mixture, of which every task permutes a share of the inputs. */
@Serves({"002-199", "002-035"})
final class PermutedMixture implements Computation {
    static final String NAME = "permuted-tasks";

    private static final double SPREAD = 0.5;
    private static final double MOMENTUM = 0.9;

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
        return "a network with one hidden ReLU layer on one task after another, by gradient descent with momentum on the squared error of"
                + " one-hot targets: one Gaussian mixture, of which every task permutes a share of the inputs; test errors of every"
                + " task after every task";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number of inputs", 2, 1000),
                Parameter.whole("classes", "the number of classes", 2, 100),
                Parameter.whole("examples", "the number of training examples of a task", 2, 100_000),
                Parameter.whole("tests", "the number of test examples of a task", 2, 100_000),
                Parameter.whole("width", "the number of hidden units", 1, 10_000),
                Parameter.whole("tasks", "the number of tasks", 2, 50),
                Parameter.real("share", "the share of the inputs that a task permutes", 0, 1),
                Parameter.whole("odd", "the one task, from 1, that permutes inputs; 0 if all do", 0, 50),
                Parameter.whole("steps", "the number of steps on each task", 1, 100_000),
                Parameter.real("rate", "the learning rate", 1e-6, 10));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int inputs = setting.whole("inputs");
        int classes = setting.whole("classes");
        int tasks = setting.whole("tasks");
        int odd = setting.whole("odd");
        Mixture mixture =
                new Mixture(inputs, classes, RandomStream.of(seed, "means").normals(0, inputs * classes));
        List<Examples> tested = new ArrayList<>();
        List<Examples> trained = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            boolean permutes = odd == 0 || odd == task + 1;
            int[] from = permutation(seed, task, inputs, permutes ? setting.get("share") : 0);
            trained.add(mixture.draw(RandomStream.of(seed, "training"), task, setting.whole("examples"), from));
            tested.add(mixture.draw(RandomStream.of(seed, "test"), task, setting.whole("tests"), from));
        }
        DenseNetwork network = new DenseNetwork(
                RandomStream.of(seed, "network"),
                DenseNetwork.Activation.RELU,
                1,
                0,
                inputs,
                setting.whole("width"),
                classes);
        double[] errors = new double[tasks * tasks];
        for (int task = 0; task < tasks; task++) {
            Examples now = trained.get(task);
            for (int step = 0; step < setting.whole("steps"); step++) {
                network.descend(now.inputs(), now.oneHot(classes), setting.get("rate"), MOMENTUM);
            }
            for (int other = 0; other < tasks; other++) {
                errors[task * tasks + other] = 1 - tested.get(other).accuracy(network);
            }
        }
        return Results.none().with("errors", errors);
    }

    /**
     * Where each input of a task comes from: a share of the inputs, drawn at random, moves along one cycle; the rest stays.
     *
     * @param share of the inputs that move; one alone cannot
     */
    static int[] permutation(long seed, int task, int inputs, double share) {
        int moved = (int) Math.round(share * inputs);
        int[] order = RandomStream.of(seed, "permutation").permutation(task, inputs);
        int[] from = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            from[i] = i;
        }
        for (int i = 0; i < moved; i++) {
            from[order[i]] = order[(i + 1) % moved];
        }
        return from;
    }

    /**
     * A mixture of normal classes with variance 1 around means of variance 1/4.
     *
     * @param means standard normal, one class after the other
     */
    private record Mixture(int inputs, int classes, double[] means) {
        Examples draw(RandomStream stream, int task, int count, int[] from) {
            double[] noise = stream.normals(task, Math.multiplyExact(count, inputs));
            double[] values = new double[noise.length];
            int[] labels = new int[count];
            for (int row = 0; row < count; row++) {
                labels[row] = row % classes;
                for (int i = 0; i < inputs; i++) {
                    values[row * inputs + i] =
                            SPREAD * means[labels[row] * inputs + from[i]] + noise[row * inputs + from[i]];
                }
            }
            return new Examples(new Matrix(count, inputs, values), labels);
        }
    }

    /** Inputs as rows with their classes. */
    private record Examples(Matrix inputs, int[] labels) {
        Matrix oneHot(int classes) {
            double[] values = new double[labels.length * classes];
            for (int row = 0; row < labels.length; row++) {
                values[row * classes + labels[row]] = 1;
            }
            return new Matrix(labels.length, classes, values);
        }

        double accuracy(DenseNetwork network) {
            Matrix outputs = network.outputs(inputs);
            int right = 0;
            for (int row = 0; row < labels.length; row++) {
                right += Largest.inRow(outputs, row) == labels[row] ? 1 : 0;
            }
            return right / (double) labels.length;
        }
    }
}
