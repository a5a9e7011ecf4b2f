package io.orrery.lab.claim.kernels;

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
import java.util.stream.IntStream;

/** Learning curves of kernels that see patches of the input, on a target that is a sum over patches of its own size. */
final class LocalKernelRegression implements Computation {
    static final String NAME = "local-kernel-regression";

    private static final double JITTER = 1e-9;

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
        return "kernel regression on inputs even in [0, 1]^d: the kernel is the mean over d cyclic patches of exp(-|x - z|), the target a"
                + " draw of the Gaussian process with such a kernel of another patch size; mean squared errors by the number of"
                + " examples, means over targets";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number d of inputs", 1, 50),
                Parameter.whole("target", "the target's patch size", 1, 50),
                Parameter.whole("patch", "the learner's patch size", 1, 50),
                Parameter.whole("examples", "the largest number of examples", 16, 4096),
                Parameter.whole("tests", "the number of test examples", 1, 10_000),
                Parameter.real("ridge", "what is added to the diagonal of the learner's kernel", 0, 1),
                Parameter.whole("draws", "the number of targets and sets of inputs that are averaged", 1, 1000));
    }

    /** The numbers of examples: an eighth, a quarter, half and all. */
    static int[] examples(Setting setting) {
        return IntStream.of(8, 4, 2, 1)
                .map(part -> setting.whole("examples") / part)
                .toArray();
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int inputs = setting.whole("inputs");
        int tests = setting.whole("tests");
        int[] counts = examples(setting);
        int most = counts[counts.length - 1];
        double[] errors = new double[counts.length];
        int draws = setting.whole("draws");
        for (int draw = 0; draw < draws; draw++) {
            int all = most + tests;
            Matrix x = new Matrix(all, inputs, RandomStream.of(seed, "inputs").uniforms(draw, 0, all * inputs));
            double[] values = target(seed, draw, kernel(x, setting.whole("target")));
            Matrix kernel = kernel(x, setting.whole("patch"));
            for (int i = 0; i < counts.length; i++) {
                errors[i] += error(kernel, values, counts[i], most, setting.get("ridge")) / draws;
            }
        }
        return Results.none().with("error", errors);
    }

    /** Values of a draw of the Gaussian process at all inputs. */
    private static double[] target(long seed, int draw, Matrix kernel) {
        int count = kernel.rows();
        double[] raised = kernel.values().clone();
        for (int i = 0; i < count; i++) {
            raised[i * count + i] += JITTER;
        }
        Matrix factor = Cholesky.of(new Matrix(count, count, raised)).lower();
        Matrix drawn = new Matrix(count, 1, RandomStream.of(seed, "target").normals(draw, count));
        return Products.times(factor, drawn).values();
    }

    /**
     * The mean squared error of regression on the first examples at all inputs from a place on.
     *
     * @param kernel between all inputs
     * @param tests where test inputs begin
     */
    static double error(Matrix kernel, double[] values, int examples, int tests, double ridge) {
        double[] between = new double[examples * examples];
        for (int row = 0; row < examples; row++) {
            System.arraycopy(kernel.values(), row * kernel.columns(), between, row * examples, examples);
            between[row * examples + row] += ridge;
        }
        double[] weights = Cholesky.of(new Matrix(examples, examples, between))
                .solve(new Matrix(examples, 1, Arrays.copyOf(values, examples)))
                .values();
        double sum = 0;
        for (int row = tests; row < kernel.rows(); row++) {
            double predicted = Products.dot(kernel.values(), row * kernel.columns(), weights, 0, examples);
            sum += (predicted - values[row]) * (predicted - values[row]);
        }
        return sum / (kernel.rows() - tests);
    }

    /** The mean over cyclic patches of exp(-distance) between all rows. */
    static Matrix kernel(Matrix x, int patch) {
        int count = x.rows();
        int inputs = x.columns();
        double[] kernel = new double[count * count];
        double[] squares = new double[inputs];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                for (int i = 0; i < inputs; i++) {
                    double difference = x.at(a, i) - x.at(b, i);
                    squares[i] = difference * difference;
                }
                double sum = 0;
                for (int start = 0; start < inputs; start++) {
                    double square = 0;
                    for (int i = 0; i < patch; i++) {
                        square += squares[(start + i) % inputs];
                    }
                    sum += StrictMath.exp(-Math.sqrt(square));
                }
                kernel[a * count + b] = sum / inputs;
                kernel[b * count + a] = sum / inputs;
            }
        }
        return new Matrix(count, count, kernel);
    }
}
