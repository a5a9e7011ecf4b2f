package io.orrery.lab.claim.capacity;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.theory.signal.ArcCosine;
import java.util.Arrays;
import java.util.List;

/**
 * Least squares on random rectifiers: a hidden layer that is drawn and stays, of every width of a grid, and an output layer that
 * is computed. Targets are linear in normal inputs, with noise. Since inputs are normal, the error on new inputs follows from the
 * weights by the means over rectifiers of Cho and Saul (2009): no test set is drawn. Narrow layers are the beginning of wide ones.
 */
final class RandomReluRegression implements Computation {
    static final String NAME = "random-relu-regression";
    /** The widths, the same for every setting. */
    static final int[] WIDTHS = {10, 20, 40, 60, 80, 100, 125, 160, 250, 500, 1000};

    /** Singular values below this share of the largest count as 0. */
    private static final double CUT = 1e-12;

    private static final double SMALLEST_RIDGE = 1e-6;
    private static final double RIDGE_STEP = StrictMath.sqrt(10);
    private static final int RIDGES = 19;

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
        return "least squares on random rectifiers of normal inputs, widths 10 to 1000: mean squared error on new inputs and on the"
                + " examples, one number per width, of the smallest weights that fit best or of the ridge that is best on new inputs;"
                + " the same without noise and with four times as much";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("examples", "the number of examples", 2, 2000),
                Parameter.whole("inputs", "the number of inputs", 1, 1000),
                Parameter.real("noise", "the variance of the noise of targets, whose own variance is 1", 0, 10),
                Parameter.whole(
                        "tuned", "no ridge (0), or of 19 ridges at each width the best on new inputs (1)", 0, 1));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        double noise = setting.get("noise");
        Problem problem =
                Problem.drawn(seed, setting.whole("examples"), setting.whole("inputs"), WIDTHS[WIDTHS.length - 1]);
        boolean tuned = setting.whole("tuned") == 1;
        double[] test = new double[WIDTHS.length];
        double[] training = new double[WIDTHS.length];
        double[] without = new double[WIDTHS.length];
        double[] fourfold = new double[WIDTHS.length];
        for (int place = 0; place < WIDTHS.length; place++) {
            Narrowed narrowed = problem.narrowed(WIDTHS[place]);
            Errors errors = narrowed.errors(noise, tuned);
            test[place] = errors.test;
            training[place] = errors.training;
            without[place] = narrowed.errors(0, tuned).test;
            fourfold[place] = narrowed.errors(4 * noise, tuned).test;
        }
        return Results.none()
                .with("test-error", test)
                .with("training-error", training)
                .with("test-error-without-noise", without)
                .with("test-error-at-four-times-the-noise", fourfold);
    }

    /** Mean squared errors on new inputs, noise counted, and on the examples. */
    record Errors(double test, double training) {}

    /**
     * Examples and the widest layer.
     *
     * @param inputs [examples, inputs]
     * @param signal targets without noise
     * @param errors normal numbers, the noise of variance 1
     * @param slope of the targets, of norm 1
     * @param units what enters the rectifiers, [width, inputs]
     */
    record Problem(Matrix inputs, double[] signal, double[] errors, double[] slope, Matrix units) {
        static Problem drawn(long seed, int examples, int inputs, int width) {
            Matrix x = new Matrix(
                    examples,
                    inputs,
                    RandomStream.of(seed, "examples").normals(0, Math.multiplyExact(examples, inputs)));
            double[] slope = RandomStream.of(seed, "slope").normals(0, inputs);
            double norm = Math.sqrt(Products.dot(slope, 0, slope, 0, inputs));
            Arrays.setAll(slope, i -> slope[i] / norm);
            double[] signal = new double[examples];
            Arrays.setAll(signal, row -> Products.dot(x.values(), row * inputs, slope, 0, inputs));
            double[] errors = RandomStream.of(seed, "noise").normals(0, examples);
            double[] units = RandomStream.of(seed, "units").normals(0, Math.multiplyExact(width, inputs));
            Arrays.setAll(units, i -> units[i] / Math.sqrt(inputs));
            return new Problem(x, signal, errors, slope, new Matrix(width, inputs, units));
        }

        /** Targets with noise of a variance. */
        double[] targets(double noise) {
            double[] targets = new double[signal.length];
            Arrays.setAll(targets, row -> signal[row] + Math.sqrt(noise) * errors[row]);
            return targets;
        }

        /** The same with the first units alone. */
        Narrowed narrowed(int width) {
            int size = units.columns();
            Matrix kept = new Matrix(width, size, Arrays.copyOf(units.values(), width * size));
            double[] features = Products.timesTransposed(inputs, kept).values();
            double[] rectified = new double[features.length];
            Arrays.setAll(rectified, i -> Math.max(0, features[i]) / Math.sqrt(width));
            Matrix observed = new Matrix(inputs.rows(), width, rectified);
            return new Narrowed(this, kept, observed, Svd.of(observed), means(kept));
        }
    }

    /** Means over new inputs of products of features, [width, width]: of u.x and v.x the half of |u| |v| kappa_1. */
    private static Matrix means(Matrix units) {
        int width = units.rows();
        double[] products = Products.outerGram(units).values();
        double[] means = new double[width * width];
        for (int j = 0; j < width; j++) {
            for (int k = 0; k <= j; k++) {
                double norms = Math.sqrt(products[j * width + j]) * Math.sqrt(products[k * width + k]);
                double correlation = Math.max(-1, Math.min(1, products[j * width + k] / norms));
                means[j * width + k] = norms * ArcCosine.first(correlation) / 2 / width;
                means[k * width + j] = means[j * width + k];
            }
        }
        return new Matrix(width, width, means);
    }

    /**
     * A problem at one width.
     *
     * @param kept units of that width
     * @param observed what the rectifiers give on the examples over the root of the width, [examples, width]
     * @param means over new inputs of the products of these features
     */
    record Narrowed(Problem problem, Matrix kept, Matrix observed, Svd decomposed, Matrix means) {
        /** Without a ridge, or at the best of all ridges on new inputs. */
        Errors errors(double noise, boolean tuned) {
            if (!tuned) {
                return errors(noise, 0);
            }
            Errors best = errors(noise, SMALLEST_RIDGE);
            double ridge = SMALLEST_RIDGE;
            for (int i = 1; i < RIDGES; i++) {
                ridge *= RIDGE_STEP;
                Errors errors = errors(noise, ridge);
                best = errors.test < best.test ? errors : best;
            }
            return best;
        }

        /** At a ridge, which is added to the sum of squares over examples; 0 gives the smallest weights that fit best. */
        Errors errors(double noise, double ridge) {
            double[] targets = problem.targets(noise);
            double[] weights = weights(targets, ridge);
            int width = kept.rows();
            int size = kept.columns();
            double test = 1 + noise;
            for (int j = 0; j < width; j++) {
                test += weights[j] * Products.dot(means.values(), j * width, weights, 0, width);
                // the mean of relu(w.x) b.x is w.b / 2, twice in the square
                test -= weights[j] * Products.dot(kept.values(), j * size, problem.slope, 0, size) / Math.sqrt(width);
            }
            double training = 0;
            for (int row = 0; row < observed.rows(); row++) {
                double miss = targets[row] - Products.dot(observed.values(), row * width, weights, 0, width);
                training += miss * miss / observed.rows();
            }
            return new Errors(test, training);
        }

        /** V s / (s^2 + ridge) U^T y. */
        double[] weights(double[] targets, double ridge) {
            double[] values = decomposed.values();
            int width = kept.rows();
            double[] weights = new double[width];
            for (int i = 0; i < values.length; i++) {
                if (values[i] > CUT * values[0]) {
                    double along =
                            Products.dot(decomposed.left().values(), i * targets.length, targets, 0, targets.length);
                    double factor = along * values[i] / (values[i] * values[i] + ridge);
                    for (int j = 0; j < width; j++) {
                        weights[j] += factor * decomposed.right().at(i, j);
                    }
                }
            }
            return weights;
        }
    }
}
