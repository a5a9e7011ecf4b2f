package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SymmetricEigen;
import io.orrery.lab.theory.signal.ReluKernels;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Full-batch gradient descent on a network with one hidden layer of m units, f(x) = sqrt(2) m^(-1/2 - s) sum a_j relu(w_j x),
 * all weights normal with variance 1, beside what a kernel that never changes would have done. The rate is 0.5 m^(2 s) over the
 * largest eigenvalue of the infinitely wide network's tangent kernel; the loss is half the sum of squares; targets are 10 x_1 x_2.
 */
final class WideNetwork implements Computation {
    static final String NAME = "wide-network";
    /** The share of the first loss at which training ends. */
    private static final double DONE = 0.01;

    private static final int MOST_STEPS = 2000;

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
        return "a network with one hidden layer under gradient descent until its loss is a hundredth of the first: its tangent kernel"
                + " at both ends, and its outputs beside those of kernel regression at every step";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("width", "the number of hidden units", 1, 65_536),
                Parameter.whole("inputs", "the number of inputs", 2, 100),
                Parameter.whole("points", "the number of examples, and of points that are not trained on", 2, 100),
                Parameter.real("shrink", "the power s of the width by which outputs are made small", 0, 0.5));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Network network = Network.of(seed, setting);
        int points = setting.whole("points");
        Matrix tangent =
                kernel(network.inputs, inner -> ReluKernels.of(inner, 1).tangent());
        Matrix process =
                kernel(network.inputs, inner -> ReluKernels.of(inner, 1).process());
        Matrix before = network.tangentKernel();
        double rate = 0.5 / SymmetricEigen.valuesOf(block(tangent, 0, 0, points))[0];
        double[] outputs = network.outputs();
        KernelDescent law = KernelDescent.of(tangent, network.targets, outputs, rate);
        KernelDescent wrong = KernelDescent.of(process, network.targets, outputs, rate);
        double scale = Math.sqrt(Products.dot(network.targets, 0, network.targets, 0, points));
        double first = network.loss(outputs);
        double apart = 0;
        double wrongApart = 0;
        int step = 0;
        while (step < MOST_STEPS && network.loss(outputs) > DONE * first) {
            network.step(outputs, rate);
            outputs = network.outputs();
            step++;
            apart = Math.max(apart, distance(outputs, law.outputs(step)) / scale);
            wrongApart = Math.max(wrongApart, distance(outputs, wrong.outputs(step)) / scale);
        }
        Matrix after = network.tangentKernel();
        return Results.none()
                .with("kernel-error", relative(before, tangent))
                .with("process-error", relative(before, process))
                .with("kernel-change", relative(after, before))
                .with("trajectory-error", apart)
                .with("process-trajectory-error", wrongApart)
                .with("loss-left", network.loss(outputs) / first)
                .with("steps", step);
    }

    /** A kernel of inner products between all points. */
    static Matrix kernel(Matrix inputs, DoubleUnaryOperator of) {
        double[] values = Products.outerGram(inputs).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = of.applyAsDouble(Math.clamp(values[i], -1, 1));
        }
        return new Matrix(inputs.rows(), inputs.rows(), values);
    }

    /** A square block of rows and columns from a row and a column on. */
    static Matrix block(Matrix matrix, int row, int column, int size) {
        double[] values = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                values[i * size + j] = matrix.at(row + i, column + j);
            }
        }
        return new Matrix(size, size, values);
    }

    private static double relative(Matrix a, Matrix b) {
        return Products.norm(Products.combination(1, a, -1, b)) / Products.norm(b);
    }

    /** Root of the mean over both halves of the squared distance. */
    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]) / 2;
        }
        return Math.sqrt(sum);
    }

    /**
     * Gradient descent on outputs whose tangent kernel stays as it is, exactly at every step: along an eigenvector of eigenvalue
     * lambda the error shrinks by 1 - rate lambda.
     *
     * @param eigen of the kernel between examples
     * @param kernel between all points, examples first
     * @param start outputs at all points
     * @param errors targets less outputs at the examples, along the eigenvectors
     */
    record KernelDescent(SymmetricEigen eigen, Matrix kernel, double[] start, double[] errors, double rate) {
        static KernelDescent of(Matrix kernel, double[] targets, double[] start, double rate) {
            int points = targets.length;
            SymmetricEigen eigen = SymmetricEigen.of(block(kernel, 0, 0, points));
            double[] errors = new double[points];
            for (int i = 0; i < points; i++) {
                for (int k = 0; k < points; k++) {
                    errors[i] += eigen.vectors().at(i, k) * (targets[k] - start[k]);
                }
            }
            return new KernelDescent(eigen, kernel, start, errors, rate);
        }

        /** Outputs at all points after so many steps. */
        double[] outputs(int step) {
            int points = errors.length;
            double[] weights = new double[points];
            for (int i = 0; i < points; i++) {
                double value = eigen.values()[i];
                double learned = (1 - StrictMath.pow(1 - rate * value, step)) / value * errors[i];
                for (int k = 0; k < points; k++) {
                    weights[k] += learned * eigen.vectors().at(i, k);
                }
            }
            double[] outputs = start.clone();
            for (int i = 0; i < outputs.length; i++) {
                for (int k = 0; k < points; k++) {
                    outputs[i] += kernel.at(i, k) * weights[k];
                }
            }
            return outputs;
        }
    }

    /** The network itself; the first half of its points are the examples. */
    static final class Network {
        private final int width;
        private final int inputCount;
        private final int points;
        private final double shrink;
        final Matrix inputs;
        final double[] targets;
        private final double[] first;
        private final double[] second;
        /** relu(w_j x_i), [unit][point]. */
        private final double[][] active;

        private Network(int width, int points, double shrink, Matrix inputs, double[] first, double[] second) {
            this.width = width;
            this.inputCount = inputs.columns();
            this.points = points;
            this.shrink = shrink;
            this.inputs = inputs;
            this.first = first;
            this.second = second;
            this.active = new double[width][inputs.rows()];
            this.targets = new double[points];
            for (int i = 0; i < points; i++) {
                targets[i] = 10 * inputs.at(i, 0) * inputs.at(i, 1);
            }
        }

        static Network of(long seed, Setting setting) {
            int width = setting.whole("width");
            int inputCount = setting.whole("inputs");
            int points = setting.whole("points");
            double[] x = RandomStream.of(seed, "points").normals(0, 2 * points * inputCount);
            for (int row = 0; row < 2 * points; row++) {
                int at = row * inputCount;
                double norm = Math.sqrt(Products.dot(x, at, x, at, inputCount));
                for (int i = 0; i < inputCount; i++) {
                    x[at + i] /= norm;
                }
            }
            return new Network(
                    width,
                    points,
                    setting.get("shrink"),
                    new Matrix(2 * points, inputCount, x),
                    RandomStream.of(seed, "first layer").normals(0, width * inputCount),
                    RandomStream.of(seed, "second layer").normals(0, width));
        }

        private double factor() {
            return Math.sqrt(2) * StrictMath.pow(width, -0.5 - shrink);
        }

        /** Outputs at all points, and the hidden units' activations, which the next step uses. */
        double[] outputs() {
            double[] outputs = new double[inputs.rows()];
            double factor = factor();
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < outputs.length; i++) {
                    double z = Products.dot(first, j * inputCount, inputs.values(), i * inputCount, inputCount);
                    active[j][i] = Math.max(z, 0);
                    outputs[i] += factor * second[j] * active[j][i];
                }
            }
            return outputs;
        }

        /** Half the sum of squared errors at the examples. */
        double loss(double[] outputs) {
            double sum = 0;
            for (int i = 0; i < points; i++) {
                sum += (outputs[i] - targets[i]) * (outputs[i] - targets[i]) / 2;
            }
            return sum;
        }

        /** One step of descent from the outputs that {@link #outputs} has just given. */
        void step(double[] outputs, double rate) {
            double change = rate * StrictMath.pow(width, 2 * shrink) * factor();
            for (int j = 0; j < width; j++) {
                double bySecond = 0;
                double before = second[j];
                for (int i = 0; i < points; i++) {
                    double error = outputs[i] - targets[i];
                    bySecond += error * active[j][i];
                    if (active[j][i] > 0) {
                        for (int k = 0; k < inputCount; k++) {
                            first[j * inputCount + k] -= change * error * before * inputs.at(i, k);
                        }
                    }
                }
                second[j] -= change * bySecond;
            }
        }

        /** Inner products of the gradients by all weights, times m^(2 s), between all points. */
        Matrix tangentKernel() {
            outputs();
            int count = inputs.rows();
            double[] kernel = new double[count * count];
            double[] inner = Products.outerGram(inputs).values();
            for (int j = 0; j < width; j++) {
                double square = second[j] * second[j];
                for (int i = 0; i < count; i++) {
                    if (active[j][i] > 0) {
                        for (int k = 0; k < count; k++) {
                            kernel[i * count + k] += active[j][i] * active[j][k]
                                    + (active[j][k] > 0 ? square * inner[i * count + k] : 0);
                        }
                    }
                }
            }
            for (int i = 0; i < kernel.length; i++) {
                kernel[i] *= 2.0 / width;
            }
            return new Matrix(count, count, kernel);
        }

        /** The weights, of the first and of the second layer; the arrays themselves, for tests that move them. */
        double[][] weights() {
            return new double[][] {first, second};
        }
    }
}
