package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.kernel.RandomFeatureRisk;
import java.util.List;

/**
 * Ridge regression on Gaussian random features. Eigenvalues fall as i^(-1.5) and add up to 1, the target's coefficients as 1/i with
 * norm 1. Since inputs are normal, the error on new inputs is known from the weights: no test set is drawn. Samples and features
 * of a seed begin alike, however many there are.
 */
final class RandomFeatureRegression implements Computation {
    static final String NAME = "random-feature-regression";

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
        return "ridge regression on random features of normal inputs with a power-law spectrum: mean squared error on new inputs and"
                + " on the samples, means over draws";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("samples", "the number of samples", 2, 2000),
                Parameter.whole("features", "the number of random features", 2, 2000),
                Parameter.whole("directions", "the number of eigenvalues", 2, 5000),
                Parameter.real("noise", "the variance of the noise of targets", 0, 10),
                Parameter.real(
                        "ridge", "what is added to the diagonal, or 0 for the one that theory finds best", 0, 100),
                Parameter.whole("draws", "the number of data sets with features of their own", 1, 1000));
    }

    /** The risk that theory gives. */
    static RandomFeatureRisk theory(Setting setting) {
        int directions = setting.whole("directions");
        return new RandomFeatureRisk(
                setting.get("samples"),
                setting.get("features"),
                eigenvalues(directions),
                targets(directions),
                setting.get("noise"));
    }

    /** The ridge of a setting: its own, or the best. */
    static double ridge(Setting setting) {
        double ridge = setting.get("ridge");
        return ridge > 0 ? ridge : theory(setting).bestRidge();
    }

    private static double[] eigenvalues(int directions) {
        double[] eigenvalues = new double[directions];
        double sum = 0;
        for (int i = 0; i < directions; i++) {
            eigenvalues[i] = StrictMath.pow(i + 1, -1.5);
            sum += eigenvalues[i];
        }
        for (int i = 0; i < directions; i++) {
            eigenvalues[i] /= sum;
        }
        return eigenvalues;
    }

    private static double[] targets(int directions) {
        double[] targets = new double[directions];
        double sum = 0;
        for (int i = 0; i < directions; i++) {
            targets[i] = 1.0 / (i + 1);
            sum += targets[i] * targets[i];
        }
        for (int i = 0; i < directions; i++) {
            targets[i] /= Math.sqrt(sum);
        }
        return targets;
    }

    @Override
    public Results compute(long seed, Setting setting) {
        double ridge = ridge(setting);
        int draws = setting.whole("draws");
        double test = 0;
        double training = 0;
        for (int draw = 0; draw < draws; draw++) {
            double[] errors = errors(seed, draw, setting, ridge);
            test += errors[0] / draws;
            training += errors[1] / draws;
        }
        return Results.none()
                .with("test-error", test)
                .with("training-error", training)
                .with("ridge", ridge);
    }

    /** Mean squared errors on new inputs and on the samples. */
    static double[] errors(long seed, int draw, Setting setting, double ridge) {
        int samples = setting.whole("samples");
        int features = setting.whole("features");
        int directions = setting.whole("directions");
        double[] eigenvalues = eigenvalues(directions);
        double[] targets = targets(directions);
        Matrix inputs =
                new Matrix(samples, directions, RandomStream.of(seed, "samples").normals(draw, samples * directions));
        double[] drawn = RandomStream.of(seed, "features").normals(draw, features * directions);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] *= Math.sqrt(eigenvalues[i % directions] / features);
        }
        Matrix map = new Matrix(features, directions, drawn);
        Matrix observed = Products.timesTransposed(inputs, map);
        double[] noise = RandomStream.of(seed, "noise").normals(draw, samples);
        double[] y = new double[samples];
        for (int row = 0; row < samples; row++) {
            y[row] = Products.dot(inputs.values(), row * directions, targets, 0, directions)
                    + Math.sqrt(setting.get("noise")) * noise[row];
        }
        double[] weights = weights(observed, y, ridge);
        double[] learned = Products.times(new Matrix(1, features, weights), map).values();
        double test = setting.get("noise");
        for (int i = 0; i < directions; i++) {
            test += (targets[i] - learned[i]) * (targets[i] - learned[i]);
        }
        double training = 0;
        for (int row = 0; row < samples; row++) {
            double error = y[row] - Products.dot(observed.values(), row * features, weights, 0, features);
            training += error * error / samples;
        }
        return new double[] {test, training};
    }

    /** (B^T B + ridge)^(-1) B^T y, through the smaller of the two Gram matrices. */
    static double[] weights(Matrix observed, double[] y, double ridge) {
        boolean fewSamples = observed.rows() < observed.columns();
        double[] gram = Products.smallerGram(observed).values().clone();
        int size = Math.min(observed.rows(), observed.columns());
        for (int i = 0; i < size; i++) {
            gram[i * size + i] += ridge;
        }
        Cholesky factor = Cholesky.of(new Matrix(size, size, gram));
        Matrix right = new Matrix(y.length, 1, y);
        return fewSamples
                ? Products.transposedTimes(observed, factor.solve(right)).values()
                : factor.solve(Products.transposedTimes(observed, right)).values();
    }
}
