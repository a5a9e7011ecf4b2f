package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.source.SmallDigits;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Largest;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.kernel.ConvolutionStage;
import io.orrery.lab.theory.kernel.GramAscent;
import io.orrery.lab.theory.kernel.GramKernel;
import io.orrery.lab.theory.kernel.GramStage;
import io.orrery.lab.theory.kernel.InducedGram;
import io.orrery.lab.theory.kernel.SparseDeepKernelMachine;
import io.orrery.lab.theory.kernel.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A convolutional deep kernel machine on small digits, beside the fixed kernel of the same layers. */
final class ConvolutionalMachine implements Computation {
    static final String NAME = "convolutional-kernel-machine";

    private static final Windows FIRST = new Windows(SmallDigits.SIDE, 3, 1);
    private static final Windows SECOND = new Windows(FIRST.result(), 3, 3);
    private static final Windows LAST = new Windows(SECOND.result(), SECOND.result(), 1);
    private static final double[] NOISES = {0.003, 0.01, 0.03, 0.1, 0.3};
    private static final double[] GAINS = {0.3, 1, 3};
    private static final double RIDGE = 1e-3;
    private static final GramStage GAUSSIAN = new GramStage.Pointwise(GramKernel.GAUSSIAN);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public String about() {
        return "regression on one-hot labels of digits of 8 x 8 pixels by two convolutional layers with Gaussian kernels and a last layer"
                + " over all positions: accuracies of a deep kernel machine with inducing patches, of the same with fixed Gram matrices, and of"
                + " the fixed kernel between all examples at the best of three gains and five noises";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("digits", "how many digits there are", 2, 10),
                Parameter.whole("examples", "the number of training images", 10, 5000),
                Parameter.whole("tests", "the number of test images", 10, 5000),
                Parameter.whole("patches", "inducing points of each convolutional layer", 2, 500),
                Parameter.whole("inducing", "inducing images of the last layer", 2, 500),
                Parameter.real("gain", "the variance of weights times the places of a window", 0.01, 1000),
                Parameter.real("noise", "the variance of the noise on one-hot labels", 1e-4, 10),
                Parameter.real("weight", "nu", 1e-3, 1e6),
                Parameter.whole("steps", "the number of steps of Adam", 1, 100_000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int digits = setting.whole("digits");
        refuseTooFew(setting);
        SmallDigits train = SmallDigits.of(seed, SplitName.TRAIN, setting.whole("examples"), digits);
        SmallDigits test = SmallDigits.of(seed, SplitName.TEST, setting.whole("tests"), digits);
        Matrix targets = targets(train.labels(), digits);
        double[] scale = scale(train.images());
        Matrix images = scaled(train.images(), scale);
        Matrix others = scaled(test.images(), scale);
        double gain = setting.get("gain");
        Matrix patches = patches(images);
        Matrix centres = centres(seed, patches, setting.whole("patches"));
        InducedGram first = GAUSSIAN.of(first(patches, centres, gain));
        List<GramStage> stages = stages(seed, first, setting);
        SparseDeepKernelMachine machine =
                new SparseDeepKernelMachine(stages, first, targets, setting.get("noise"), setting.get("weight"));
        GramAscent.Top top = machine.maximum(setting.whole("steps"));
        InducedGram unseen = GAUSSIAN.of(first(patches(others), centres, gain));
        double learned = accuracy(machine.predict(top.grams(), unseen).means(), test.labels());
        double fixed = accuracy(machine.predict(machine.fixed(), unseen).means(), test.labels());
        double[] exact = Arrays.stream(GAINS)
                .flatMap(times -> Arrays.stream(exact(images, others, targets, test.labels(), times * gain)))
                .toArray();
        double best = Arrays.stream(exact).max().orElseThrow();
        return Results.none()
                .with(
                        "objective",
                        Arrays.stream(top.course())
                                .map(value -> value / images.rows())
                                .toArray())
                .with("accuracy", learned)
                .with("fixed-inducing", fixed)
                .with("fixed", best)
                .with("fixed-by-gain-and-noise", exact)
                .with("better", learned - best)
                .with("better-inducing", learned - fixed);
    }

    /**
     * Inducing images are training images, and inducing points of the second layer stand for their windows.
     *
     * @throws IllegalArgumentException if there are fewer of these than are asked for
     */
    static void refuseTooFew(Setting setting) {
        int examples = setting.whole("examples");
        int inducing = setting.whole("inducing");
        if (inducing > examples) {
            throw new IllegalArgumentException(
                    "inducing images are examples: " + inducing + " of them are more than " + examples + " examples");
        }
        int windows = SECOND.result() * SECOND.result() * examples;
        int patches = setting.whole("patches");
        if (patches > windows) {
            throw new IllegalArgumentException("inducing patches are windows of examples: " + patches
                    + " of them are more than the " + windows + " windows of " + examples + " examples");
        }
    }

    /** One-hot less its mean, [examples, digits]. */
    private static Matrix targets(int[] labels, int digits) {
        double[] targets = new double[labels.length * digits];
        Arrays.fill(targets, -1.0 / digits);
        for (int i = 0; i < labels.length; i++) {
            targets[i * digits + labels[i]] += 1;
        }
        return new Matrix(labels.length, digits, targets);
    }

    /** Mean and deviation of all pixels. */
    private static double[] scale(Matrix images) {
        double mean = Arrays.stream(images.values()).average().orElseThrow();
        double square = Arrays.stream(images.values())
                .map(pixel -> (pixel - mean) * (pixel - mean))
                .average()
                .orElseThrow();
        return new double[] {mean, Math.sqrt(square)};
    }

    private static Matrix scaled(Matrix images, double[] scale) {
        return new Matrix(
                images.rows(),
                images.columns(),
                Arrays.stream(images.values())
                        .map(pixel -> (pixel - scale[0]) / scale[1])
                        .toArray());
    }

    /** All windows of all images, [images * windows, 9]. */
    static Matrix patches(Matrix images) {
        int windows = images.rows() * FIRST.result() * FIRST.result();
        double[] patches = new double[windows * FIRST.offsets()];
        for (int window = 0; window < windows; window++) {
            for (int offset = 0; offset < FIRST.offsets(); offset++) {
                patches[window * FIRST.offsets() + offset] = images.values()[FIRST.row(window, offset)];
            }
        }
        return new Matrix(windows, FIRST.offsets(), patches);
    }

    /** Patches that lie far from each other: from one that is drawn, each the farthest from those before it. */
    private static Matrix centres(long seed, Matrix patches, int count) {
        int width = patches.columns();
        double[] nearest = new double[patches.rows()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double[] centres = new double[count * width];
        int next = RandomStream.of(seed, "patches").integer(0, 0, patches.rows());
        for (int i = 0; i < count; i++) {
            System.arraycopy(patches.values(), next * width, centres, i * width, width);
            int farthest = 0;
            for (int row = 0; row < nearest.length; row++) {
                double distance = 0;
                for (int j = 0; j < width; j++) {
                    double off = patches.at(row, j) - centres[i * width + j];
                    distance += off * off;
                }
                nearest[row] = Math.min(nearest[row], distance);
                farthest = nearest[row] > nearest[farthest] ? row : farthest;
            }
            next = farthest;
        }
        return new Matrix(count, width, centres);
    }

    private static InducedGram first(Matrix patches, Matrix centres, double gain) {
        double share = gain / patches.columns();
        Matrix own = Products.outerGram(centres);
        Matrix cross = Products.timesTransposed(patches, centres);
        double[] lengths = new double[patches.rows()];
        for (int row = 0; row < lengths.length; row++) {
            int at = row * patches.columns();
            lengths[row] = share * Products.dot(patches.values(), at, patches.values(), at, patches.columns());
        }
        return new InducedGram(
                Products.combination(share, own, 0, own), Products.combination(share, cross, 0, cross), lengths);
    }

    /** Inducing points of later layers stand for windows of training images, whose features are regressed on inducing points. */
    private static List<GramStage> stages(long seed, InducedGram one, Setting setting) {
        int windows = SECOND.result() * SECOND.result() * setting.whole("examples");
        int[] chosen = RandomStream.of(seed, "windows").permutation(0, windows);
        GramStage second = new ConvolutionStage(
                        SECOND,
                        mixing(one, SECOND, Arrays.copyOf(chosen, setting.whole("patches"))),
                        setting.get("gain"))
                .then(GAUSSIAN);
        InducedGram two = second.of(one);
        int[] images = new int[setting.whole("inducing")];
        Arrays.setAll(images, i -> i);
        GramStage last = new ConvolutionStage(LAST, mixing(two, LAST, images), setting.get("gain")).then(GAUSSIAN);
        return List.of(new GramStage.Pointwise(GramKernel.LINEAR), second, last);
    }

    private static List<Matrix> mixing(InducedGram layer, Windows windows, int[] chosen) {
        int width = layer.cross().columns();
        double[] raised = layer.inducing().values().clone();
        for (int i = 0; i < width; i++) {
            raised[i * width + i] += RIDGE;
        }
        Cholesky factor = Cholesky.of(new Matrix(width, width, raised));
        List<Matrix> mixing = new ArrayList<>();
        for (int offset = 0; offset < windows.offsets(); offset++) {
            double[] seen = new double[width * chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                for (int j = 0; j < width; j++) {
                    seen[j * chosen.length + i] = layer.cross().at(windows.row(chosen[i], offset), j);
                }
            }
            mixing.add(factor.solve(new Matrix(width, chosen.length, seen)));
        }
        return mixing;
    }

    /** Accuracies on test images of regression with the fixed kernel between all images, for each noise. */
    private static double[] exact(Matrix images, Matrix others, Matrix targets, int[] labels, double gain) {
        int train = images.rows();
        Matrix between = fixedKernel(images, images, gain);
        Matrix to = fixedKernel(others, images, gain);
        return Arrays.stream(NOISES)
                .map(noise -> {
                    double[] raised = between.values().clone();
                    for (int i = 0; i < train; i++) {
                        raised[i * train + i] += noise;
                    }
                    Matrix weights =
                            Cholesky.of(new Matrix(train, train, raised)).solve(targets);
                    return accuracy(Products.times(to, weights), labels);
                })
                .toArray();
    }

    /** The kernel of infinite width between images, [images, others]: only windows at the same place meet. */
    static Matrix fixedKernel(Matrix images, Matrix others, double gain) {
        double[] kernel = new double[images.rows() * others.rows()];
        for (int a = 0; a < images.rows(); a++) {
            for (int b = 0; b < others.rows(); b++) {
                double[] off = new double[images.columns()];
                for (int i = 0; i < off.length; i++) {
                    double difference = images.at(a, i) - others.at(b, i);
                    off[i] = difference * difference;
                }
                for (Windows windows : List.of(FIRST, SECOND, LAST)) {
                    off = next(off, windows, gain);
                }
                kernel[a * others.rows() + b] = StrictMath.exp(-off[0] / 2);
            }
        }
        return new Matrix(images.rows(), others.rows(), kernel);
    }

    /** Squared distances of windows, from those of positions; all but the first are of features of length 1, at 2 (1 - kernel). */
    private static double[] next(double[] off, Windows windows, double gain) {
        double[] result = new double[windows.result() * windows.result()];
        boolean pixels = windows == FIRST;
        for (int window = 0; window < result.length; window++) {
            for (int offset = 0; offset < windows.offsets(); offset++) {
                double distance = off[windows.row(window, offset)];
                result[window] +=
                        gain / windows.offsets() * (pixels ? distance : 2 * (1 - StrictMath.exp(-distance / 2)));
            }
        }
        return result;
    }

    private static double accuracy(Matrix scores, int[] labels) {
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            right += Largest.inRow(scores, row) == labels[row] ? 1 : 0;
        }
        return right / (double) labels.length;
    }
}
