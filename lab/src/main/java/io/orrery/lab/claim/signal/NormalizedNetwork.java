package io.orrery.lab.claim.signal;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.HaarOrthogonal;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import java.util.Arrays;
import java.util.List;

/**
 * A batch on its way up through X' = phi((l + 1)^e BN(X W)), one example a row, and a random gradient on its way down. BN
 * divides each column by its root mean square and takes no mean away.
 */
final class NormalizedNetwork implements Computation {
    static final String NAME = "normalized-network";
    /** Below it a gap is rounding. */
    static final double ROUNDING = 1e-9;

    private static final double SMALLEST = 1e-150;

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
        return "a batch in a random network with batch normalization: isometry gap of its Gram matrix and norm of the gradient by the"
                + " weights, layer by layer";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("batch", "the number of examples", 2, 200),
                Parameter.whole("width", "the number of units, at least as many as examples", 2, 200),
                Parameter.whole("depth", "the number of layers", 2, 2000),
                Parameter.whole("orthogonal", "1 for orthogonal weights, 0 for independent normal ones", 0, 1),
                Parameter.whole("activation", "0 for none, 1 for tanh", 0, 1),
                Parameter.real("gain", "the exponent e of the activation's gain (l + 1)^e", -3, 0),
                Parameter.real("likeness", "how alike the examples are at the start", 0, 1));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Pass pass = Pass.of(seed, setting);
        double[] gradients = pass.gradients(cotangent(seed, setting));
        double rise = 0;
        for (int layer = 1; layer < pass.gaps.length; layer++) {
            if (pass.gaps[layer - 1] > ROUNDING) {
                rise = Math.max(rise, pass.gaps[layer] / pass.gaps[layer - 1]);
            }
        }
        return Results.none()
                .with("gap", pass.gaps)
                .with("rise", rise)
                .with("gradient", gradients)
                .with("ratio", StrictMath.log10(gradients[0] / gradients[gradients.length - 1]));
    }

    static Matrix cotangent(long seed, Setting setting) {
        int batch = setting.whole("batch");
        int width = setting.whole("width");
        return new Matrix(batch, width, RandomStream.of(seed, "gradient").normals(0, batch * width));
    }

    /** (1 - f) I + f r r'^T with r, r' uniform in [0, 1), the first rows of it. */
    static Matrix start(long seed, Setting setting) {
        int batch = setting.whole("batch");
        int width = setting.whole("width");
        double likeness = setting.get("likeness");
        double[] rows = RandomStream.of(seed, "rows").uniforms(0, 0, batch);
        double[] columns = RandomStream.of(seed, "columns").uniforms(0, 0, width);
        double[] values = new double[batch * width];
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < width; j++) {
                values[i * width + j] = (i == j ? 1 - likeness : 0) + likeness * rows[i] * columns[j];
            }
        }
        return new Matrix(batch, width, values);
    }

    static Matrix weights(long seed, int layer, int width, boolean orthogonal) {
        RandomStream stream = RandomStream.of(seed, "weights");
        return orthogonal
                ? HaarOrthogonal.of(stream, layer, width)
                : new Matrix(width, width, stream.normals(layer, width * width));
    }

    /** ln mean - mean ln of the eigenvalues of X X^T: 0 where all are alike, and never below. */
    static double gap(Matrix x) {
        double[] singular = Svd.valuesOf(x);
        double mean = 0;
        double logarithms = 0;
        int count = x.rows();
        for (int i = 0; i < count; i++) {
            double value = Math.max(singular[i], SMALLEST);
            mean += value * value / count;
            logarithms += 2 * StrictMath.log(value) / count;
        }
        return StrictMath.log(mean) - logarithms;
    }

    /**
     * One network with its batch.
     *
     * @param inputs of layers 0 to depth - 1, [batch, width] each
     * @param weights of each layer
     * @param lengths root mean square of each column before normalization
     * @param normalized what goes into the activation, before its gain
     * @param gains of each layer
     * @param gaps of the inputs and of the output
     */
    record Pass(
            Matrix[] inputs,
            Matrix[] weights,
            double[][] lengths,
            Matrix[] normalized,
            double[] gains,
            boolean tanh,
            double[] gaps) {
        static Pass of(long seed, Setting setting) {
            int depth = setting.whole("depth");
            int width = setting.whole("width");
            boolean tanh = setting.whole("activation") == 1;
            Pass pass = new Pass(
                    new Matrix[depth],
                    new Matrix[depth],
                    new double[depth][],
                    new Matrix[depth],
                    new double[depth],
                    tanh,
                    new double[depth + 1]);
            Matrix x = start(seed, setting);
            for (int layer = 0; layer < depth; layer++) {
                pass.gaps[layer] = gap(x);
                pass.gains[layer] = StrictMath.pow(layer + 1, setting.get("gain"));
                pass.weights[layer] = NormalizedNetwork.weights(seed, layer, width, setting.whole("orthogonal") == 1);
                x = pass.layer(layer, x);
            }
            pass.gaps[depth] = gap(x);
            return pass;
        }

        /** The output of a layer for an input, which it keeps for the way back. */
        Matrix layer(int layer, Matrix x) {
            Matrix y = Products.times(x, weights[layer]);
            double[] length = lengths(y);
            double[] z = y.values().clone();
            for (int i = 0; i < z.length; i++) {
                z[i] /= length[i % length.length];
            }
            inputs[layer] = x;
            lengths[layer] = length;
            normalized[layer] = new Matrix(y.rows(), y.columns(), z);
            if (!tanh) {
                return normalized[layer];
            }
            return new Matrix(
                    y.rows(),
                    y.columns(),
                    Arrays.stream(z)
                            .map(value -> StrictMath.tanh(gains[layer] * value))
                            .toArray());
        }

        private static double[] lengths(Matrix y) {
            double[] lengths = new double[y.columns()];
            for (int i = 0; i < y.values().length; i++) {
                lengths[i % lengths.length] += y.values()[i] * y.values()[i];
            }
            for (int column = 0; column < lengths.length; column++) {
                lengths[column] = Math.sqrt(lengths[column] / y.rows());
            }
            return lengths;
        }

        /** Frobenius norms of the gradient by the weights of each layer, of the inner product of the output with a matrix. */
        double[] gradients(Matrix cotangent) {
            double[] norms = new double[weights.length];
            Matrix backward = cotangent;
            for (int layer = weights.length - 1; layer >= 0; layer--) {
                Matrix before = beforeNormalization(layer, backward);
                norms[layer] = Products.norm(Products.transposedTimes(inputs[layer], before));
                backward = Products.timesTransposed(before, weights[layer]);
            }
            return norms;
        }

        /** The gradient by X W: (dz - z mean(z dz)) / length in each column. */
        private Matrix beforeNormalization(int layer, Matrix backward) {
            double[] z = normalized[layer].values();
            double[] dz = backward.values().clone();
            int width = backward.columns();
            double[] overlap = new double[width];
            for (int i = 0; i < dz.length; i++) {
                if (tanh) {
                    double value = StrictMath.tanh(gains[layer] * z[i]);
                    dz[i] *= gains[layer] * (1 - value * value);
                }
                overlap[i % width] += z[i] * dz[i] / backward.rows();
            }
            for (int i = 0; i < dz.length; i++) {
                dz[i] = (dz[i] - z[i] * overlap[i % width]) / lengths[layer][i % width];
            }
            return new Matrix(backward.rows(), width, dz);
        }
    }
}
