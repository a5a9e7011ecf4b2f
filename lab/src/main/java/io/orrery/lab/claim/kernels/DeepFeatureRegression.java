package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.DeepRandomFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ridge regression on the last layer of a random network of two hidden tanh layers, beside what Gaussian features would give. */
final class DeepFeatureRegression implements Computation {
    static final String NAME = "deep-feature-regression";

    /** Hidden widths as shares of the inputs. */
    private static final double[] WIDTHS = {0.75, 0.9};
    /** Numbers of examples as shares of the last hidden layer. */
    private static final double[] SHARES = {0.5, 0.75, 1, 1.5, 2};

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
        return "ridge regression of a noisy linear target on the last of two hidden tanh layers with random weights: test errors at half, three"
                + " quarters, once, one and a half times and twice as many examples as features, and what theory gives for the same"
                + " weights, whole and as if it were linear; means over draws";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number of inputs", 10, 1000),
                Parameter.real("noise", "the variance of the target's noise; the target's own is 1", 1e-6, 100),
                Parameter.real("penalty", "what is put on squared weights beside the sum of squared errors", 1e-6, 1e6),
                Parameter.whole("tests", "the number of test examples", 10, 100_000),
                Parameter.whole("draws", "the number of networks that are averaged", 1, 1000));
    }

    /** The numbers of examples. */
    static int[] examples(Setting setting) {
        int features = width(setting, WIDTHS.length - 1);
        return Arrays.stream(SHARES)
                .mapToInt(share -> Math.toIntExact(Math.round(share * features)))
                .toArray();
    }

    private static int width(Setting setting, int layer) {
        return Math.toIntExact(Math.round(WIDTHS[layer] * setting.whole("inputs")));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int[] examples = examples(setting);
        double[] measured = new double[examples.length];
        double[] law = new double[examples.length];
        double[] linear = new double[examples.length];
        int draws = setting.whole("draws");
        double penalty = setting.get("penalty");
        for (int draw = 0; draw < draws; draw++) {
            List<Matrix> weights = weights(seed, draw, setting);
            double[] beta = beta(seed, draw, setting.whole("inputs"));
            double variance = Products.dot(beta, 0, beta, 0, beta.length) + setting.get("noise");
            DeepRandomFeatures theory = theory(weights, beta, true);
            DeepRandomFeatures wrong = theory(weights, beta, false);
            Data most = Data.of(seed, "training", draw, examples[examples.length - 1], weights, beta, setting);
            Data test = Data.of(seed, "test", draw, setting.whole("tests"), weights, beta, setting);
            for (int i = 0; i < examples.length; i++) {
                measured[i] += error(most.first(examples[i]), test, penalty) / draws;
                law[i] += theory.error(examples[i], penalty, variance) / draws;
                linear[i] += wrong.error(examples[i], penalty, variance) / draws;
            }
        }
        return Results.none().with("error", measured).with("law", law).with("linear-law", linear);
    }

    private static DeepRandomFeatures theory(List<Matrix> weights, double[] beta, boolean withOwnNoise) {
        return DeepRandomFeatures.of(
                weights,
                beta,
                StrictMath::tanh,
                x -> {
                    double y = StrictMath.tanh(x);
                    return 1 - y * y;
                },
                withOwnNoise);
    }

    /** Weights of variance 1 / fan-in of each layer, [units, inputs]. */
    static List<Matrix> weights(long seed, int draw, Setting setting) {
        List<Matrix> weights = new ArrayList<>();
        int before = setting.whole("inputs");
        for (int layer = 0; layer < WIDTHS.length; layer++) {
            int units = width(setting, layer);
            double[] drawn = RandomStream.of(seed, "layer " + layer).normals(draw, Math.multiplyExact(units, before));
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] /= Math.sqrt(before);
            }
            weights.add(new Matrix(units, before, drawn));
            before = units;
        }
        return weights;
    }

    /** A target of norm 1. */
    static double[] beta(long seed, int draw, int inputs) {
        double[] beta = RandomStream.of(seed, "target").normals(draw, inputs);
        double norm = Math.sqrt(Products.dot(beta, 0, beta, 0, inputs));
        for (int i = 0; i < inputs; i++) {
            beta[i] /= norm;
        }
        return beta;
    }

    /** The test error of ridge regression. */
    static double error(Data training, Data test, double penalty) {
        int features = training.features.columns();
        Matrix gram = Products.gram(training.features);
        for (int i = 0; i < features; i++) {
            gram.values()[i * features + i] += penalty;
        }
        Matrix solved = Cholesky.of(gram).solve(Products.transposedTimes(training.features, training.targets));
        Matrix off = Products.combination(1, Products.times(test.features, solved), -1, test.targets);
        return Products.squaredNorm(off) / off.rows();
    }

    /**
     * Examples as the last hidden layer shows them.
     *
     * @param features one example per row
     * @param targets one column
     */
    record Data(Matrix features, Matrix targets) {
        static Data of(
                long seed, String which, int draw, int count, List<Matrix> weights, double[] beta, Setting setting) {
            Matrix inputs = new Matrix(
                    count,
                    beta.length,
                    RandomStream.of(seed, which + " inputs").normals(draw, Math.multiplyExact(count, beta.length)));
            Matrix noise =
                    new Matrix(count, 1, RandomStream.of(seed, which + " noise").normals(draw, count));
            Matrix clean = Products.times(inputs, new Matrix(beta.length, 1, beta));
            Matrix signal = inputs;
            for (Matrix layer : weights) {
                signal = Products.timesTransposed(signal, layer);
                for (int i = 0; i < signal.values().length; i++) {
                    signal.values()[i] = StrictMath.tanh(signal.values()[i]);
                }
            }
            return new Data(signal, Products.combination(1, clean, Math.sqrt(setting.get("noise")), noise));
        }

        Data first(int count) {
            return new Data(first(features, count), first(targets, count));
        }

        private static Matrix first(Matrix rows, int count) {
            return new Matrix(count, rows.columns(), Arrays.copyOf(rows.values(), count * rows.columns()));
        }
    }
}
