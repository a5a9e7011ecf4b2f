package io.orrery.lab.compute;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A small fully connected network in double with a linear last layer, for computations that draw or train one: inputs as rows,
 * f(x) = act(... act(x W_1 + b_1) ...) W_L + b_L. Not for claims on training itself, which are asked of runs.
 */
public final class DenseNetwork {
    /** What is applied between layers. */
    public enum Activation {
        RELU(x -> x > 0 ? x : 0, y -> y > 0 ? 1 : 0),
        TANH(StrictMath::tanh, y -> 1 - y * y);

        private final DoubleUnaryOperator value;
        private final DoubleUnaryOperator slopeAtValue;

        Activation(DoubleUnaryOperator value, DoubleUnaryOperator slopeAtValue) {
            this.value = value;
            this.slopeAtValue = slopeAtValue;
        }

        /** The function itself. */
        public double of(double x) {
            return value.applyAsDouble(x);
        }
    }

    private final Activation activation;
    private final Matrix[] weights;
    private final double[][] biases;
    private final double[][] weightMomentum;
    private final double[][] biasMomentum;

    /**
     * A random network: weights of variance gain / fan-in, biases of a standard deviation.
     *
     * @param widths inputs, hidden layers, outputs
     * @param stream all draws come from it, weights of layer l at step 2 l, its biases at 2 l + 1
     */
    public DenseNetwork(RandomStream stream, Activation activation, double gain, double biasDeviation, int... widths) {
        this.activation = activation;
        int layers = widths.length - 1;
        weights = new Matrix[layers];
        biases = new double[layers][];
        weightMomentum = new double[layers][];
        biasMomentum = new double[layers][];
        for (int layer = 0; layer < layers; layer++) {
            int inputs = widths[layer];
            int outputs = widths[layer + 1];
            double[] drawn = stream.normals(2L * layer, Math.multiplyExact(inputs, outputs));
            scale(drawn, Math.sqrt(gain / inputs));
            weights[layer] = new Matrix(inputs, outputs, drawn);
            biases[layer] = stream.normals(2L * layer + 1, outputs);
            scale(biases[layer], biasDeviation);
            weightMomentum[layer] = new double[drawn.length];
            biasMomentum[layer] = new double[outputs];
        }
    }

    /** The number of layers of weights. */
    public int layers() {
        return weights.length;
    }

    /** The weights of a layer from 0 on, [inputs, outputs]: to be read, or set by tests. */
    public Matrix weights(int layer) {
        return weights[layer];
    }

    /** The biases of a layer from 0 on: to be read, or set by tests. */
    public double[] biases(int layer) {
        return biases[layer];
    }

    /** What the last layer gives for inputs as rows. */
    public Matrix outputs(Matrix inputs) {
        return sums(inputs).getLast();
    }

    /** What every layer gives before the activation, input side first, for inputs as rows. */
    public List<Matrix> sums(Matrix inputs) {
        List<Matrix> sums = new ArrayList<>();
        Matrix signal = inputs;
        for (int layer = 0; layer < weights.length; layer++) {
            Matrix sum = sum(layer, signal);
            sums.add(sum);
            signal = layer + 1 < weights.length ? activated(sum) : sum;
        }
        return sums;
    }

    /**
     * A step of gradient descent with heavy-ball momentum on the loss, half the sum over outputs of squared errors, the mean over examples.
     *
     * @param inputs [examples, inputs]
     * @param targets [examples, outputs]
     * @param momentum what share of the last step is done again, 0 for none
     * @return the loss before the step
     */
    public double descend(Matrix inputs, Matrix targets, double rate, double momentum) {
        int examples = inputs.rows();
        List<Matrix> signals = new ArrayList<>(List.of(inputs));
        for (int layer = 0; layer < weights.length - 1; layer++) {
            signals.add(activated(sum(layer, signals.getLast())));
        }
        Matrix back = Products.combination(1, sum(weights.length - 1, signals.getLast()), -1, targets);
        double loss = Products.squaredNorm(back) / (2 * examples);
        for (int layer = weights.length - 1; layer >= 0; layer--) {
            Matrix signal = signals.get(layer);
            double[] gradient = Products.transposedTimes(signal, back).values();
            double[] means = Products.columnMeans(back);
            if (layer > 0) {
                back = Products.timesTransposed(back, weights[layer]);
                double[] values = back.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= activation.slopeAtValue.applyAsDouble(signal.values()[i]);
                }
            }
            step(weights[layer].values(), weightMomentum[layer], gradient, rate / examples, momentum);
            step(biases[layer], biasMomentum[layer], means, rate, momentum);
        }
        return loss;
    }

    private Matrix sum(int layer, Matrix signal) {
        Matrix sum = Products.times(signal, weights[layer]);
        double[] values = sum.values();
        double[] added = biases[layer];
        for (int row = 0; row < sum.rows(); row++) {
            for (int unit = 0; unit < added.length; unit++) {
                values[row * added.length + unit] += added[unit];
            }
        }
        return sum;
    }

    private static void step(double[] values, double[] last, double[] gradient, double rate, double momentum) {
        for (int i = 0; i < values.length; i++) {
            last[i] = momentum * last[i] - rate * gradient[i];
            values[i] += last[i];
        }
    }

    private Matrix activated(Matrix sum) {
        double[] values = new double[sum.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = activation.of(sum.values()[i]);
        }
        return new Matrix(sum.rows(), sum.columns(), values);
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
