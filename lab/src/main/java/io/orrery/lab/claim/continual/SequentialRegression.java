package io.orrery.lab.claim.continual;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.Arrays;
import java.util.List;

/** Linear regression on one task after another, each fitted exactly by the smallest change of the weights. */
final class SequentialRegression implements Computation {
    static final String NAME = "sequential-regression";

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
        return "linear regression on one task after another, each fitted exactly by the smallest change of the weights: squared"
                + " distances from the target of every task after every task, means over draws of the examples";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number of inputs", 4, 2000),
                Parameter.whole("examples", "the number of examples of a task", 1, 1000),
                Parameter.whole("tasks", "the number of tasks", 2, 50),
                Parameter.real("noise", "the standard deviation of the noise of targets", 0, 10),
                Parameter.real(
                        "similarity", "c, of which the weights of a task are c common + sqrt(1 - c^2) own", 0, 1),
                Parameter.whole("odd", "which task, from 1, has weights of its own; 0 for none", 0, 50),
                Parameter.whole("draws", "the number of draws of all examples that are averaged", 1, 10_000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        double[][] targets = targets(
                seed, setting.whole("tasks"), setting.whole("inputs"), setting.get("similarity"), setting.whole("odd"));
        int tasks = targets.length;
        double[] sums = new double[tasks * tasks];
        int draws = setting.whole("draws");
        for (int draw = 0; draw < draws; draw++) {
            double[][] errors = errors(seed, draw, targets, setting.whole("examples"), setting.get("noise"));
            for (int trained = 0; trained < tasks; trained++) {
                for (int task = 0; task < tasks; task++) {
                    sums[trained * tasks + task] += errors[trained][task] / draws;
                }
            }
        }
        double[] norms = Arrays.stream(targets)
                .mapToDouble(target -> Products.dot(target, 0, target, 0, target.length))
                .toArray();
        double[] distances = new double[tasks * tasks];
        for (int one = 0; one < tasks; one++) {
            for (int other = 0; other < tasks; other++) {
                distances[one * tasks + other] = distance(targets[one], targets[other]);
            }
        }
        return Results.none().with("errors", sums).with("norms", norms).with("distances", distances);
    }

    /** The weights that the tasks' targets are made with, each of squared norm about 1. */
    static double[][] targets(long seed, int tasks, int inputs, double similarity, int odd) {
        double deviation = 1 / Math.sqrt(inputs);
        double own = Math.sqrt(1 - similarity * similarity);
        double[] common = RandomStream.of(seed, "common weights").normals(0, inputs);
        double[][] targets = new double[tasks][inputs];
        for (int task = 0; task < tasks; task++) {
            double[] drawn = RandomStream.of(seed, "own weights").normals(task, inputs);
            boolean alone = task + 1 == odd;
            for (int i = 0; i < inputs; i++) {
                targets[task][i] = deviation * (alone ? drawn[i] : similarity * common[i] + own * drawn[i]);
            }
        }
        return targets;
    }

    /** Squared distances from every task's target (columns) after every task (rows), of one draw. */
    static double[][] errors(long seed, int draw, double[][] targets, int examples, double noise) {
        int tasks = targets.length;
        int inputs = targets[0].length;
        double[] weights = new double[inputs];
        double[][] errors = new double[tasks][tasks];
        for (int trained = 0; trained < tasks; trained++) {
            long step = (long) draw * tasks + trained;
            Matrix x = new Matrix(
                    examples,
                    inputs,
                    RandomStream.of(seed, "examples").normals(step, Math.multiplyExact(examples, inputs)));
            double[] off = RandomStream.of(seed, "noise").normals(step, examples);
            for (int row = 0; row < examples; row++) {
                off[row] *= noise;
                for (int i = 0; i < inputs; i++) {
                    off[row] += x.at(row, i) * (targets[trained][i] - weights[i]);
                }
            }
            Matrix solved = Cholesky.of(Products.outerGram(x)).solve(new Matrix(examples, 1, off));
            double[] change = Products.transposedTimes(x, solved).values();
            for (int i = 0; i < inputs; i++) {
                weights[i] += change[i];
            }
            for (int task = 0; task < tasks; task++) {
                errors[trained][task] = distance(weights, targets[task]);
            }
        }
        return errors;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
