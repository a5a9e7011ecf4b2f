package io.orrery.lab.claim.boltzmann;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Largest;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.Arrays;

/**
 * A network of sigmoid layers with a softmax, trained by momentum on cross-entropy. Weights are changed in place.
 *
 * @param weights of each layer, [inputs, units]
 * @param biases of each layer
 */
record SigmoidNetwork(Matrix[] weights, double[][] biases) {
    private static final double MOMENTUM = 0.9;

    /** Normal weights of variance 1 / inputs, biases 0. */
    static SigmoidNetwork random(RandomStream random, int... sizes) {
        Matrix[] weights = new Matrix[sizes.length - 1];
        double[][] biases = new double[sizes.length - 1][];
        for (int layer = 0; layer < weights.length; layer++) {
            double[] values = random.normals(layer, sizes[layer] * sizes[layer + 1]);
            for (int i = 0; i < values.length; i++) {
                values[i] /= Math.sqrt(sizes[layer]);
            }
            weights[layer] = new Matrix(sizes[layer], sizes[layer + 1], values);
            biases[layer] = new double[sizes[layer + 1]];
        }
        return new SigmoidNetwork(weights, biases);
    }

    /** What each layer gives out: sigmoids, and probabilities of classes last. */
    Matrix[] outputs(Matrix inputs) {
        Matrix[] outputs = new Matrix[weights.length];
        Matrix last = inputs;
        for (int layer = 0; layer < weights.length; layer++) {
            Matrix sums = Products.times(last, weights[layer]);
            double[] values = sums.values();
            int width = sums.columns();
            for (int i = 0; i < values.length; i++) {
                values[i] += biases[layer][i % width];
                values[i] = layer < weights.length - 1 ? 1 / (1 + StrictMath.exp(-values[i])) : values[i];
            }
            if (layer == weights.length - 1) {
                softmax(values, width);
            }
            outputs[layer] = sums;
            last = sums;
        }
        return outputs;
    }

    private static void softmax(double[] values, int width) {
        for (int row = 0; row < values.length; row += width) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = row; i < row + width; i++) {
                largest = Math.max(largest, values[i]);
            }
            double sum = 0;
            for (int i = row; i < row + width; i++) {
                values[i] = StrictMath.exp(values[i] - largest);
                sum += values[i];
            }
            for (int i = row; i < row + width; i++) {
                values[i] /= sum;
            }
        }
    }

    /** The mean over examples of the derivative of the cross-entropy by the weights and, as a last row, the biases of each layer. */
    Matrix[] gradients(Matrix inputs, int[] labels) {
        Matrix[] outputs = outputs(inputs);
        Matrix[] gradients = new Matrix[weights.length];
        double[] errors = outputs[weights.length - 1].values().clone();
        int classes = biases[weights.length - 1].length;
        for (int row = 0; row < labels.length; row++) {
            errors[row * classes + labels[row]] -= 1;
        }
        Matrix error = new Matrix(labels.length, classes, errors);
        for (int layer = weights.length - 1; layer >= 0; layer--) {
            Matrix below = layer == 0 ? inputs : outputs[layer - 1];
            Matrix slopes = Products.transposedTimes(below, error);
            double[] all = Arrays.copyOf(slopes.values(), slopes.values().length + error.columns());
            for (int i = 0; i < slopes.values().length; i++) {
                all[i] /= labels.length;
            }
            double[] means = Products.columnMeans(error);
            System.arraycopy(means, 0, all, slopes.values().length, means.length);
            gradients[layer] = new Matrix(slopes.rows() + 1, error.columns(), all);
            if (layer > 0) {
                Matrix pulled = Products.timesTransposed(error, weights[layer]);
                for (int i = 0; i < pulled.values().length; i++) {
                    double output = below.values()[i];
                    pulled.values()[i] *= output * (1 - output);
                }
                error = pulled;
            }
        }
        return gradients;
    }

    /**
     * Epochs of batches in an order that is drawn anew for each.
     *
     * @param from the first layer that is trained
     */
    void train(Matrix inputs, int[] labels, int epochs, int batch, double rate, int from, RandomStream order) {
        double[][] speeds = new double[weights.length][];
        for (int layer = 0; layer < weights.length; layer++) {
            speeds[layer] = new double[weights[layer].values().length + biases[layer].length];
        }
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] places = order.permutation(epoch, labels.length);
            for (int start = 0; start < labels.length; start += batch) {
                int[] chosen = Arrays.copyOfRange(places, start, Math.min(start + batch, labels.length));
                int[] answers =
                        Arrays.stream(chosen).map(place -> labels[place]).toArray();
                Matrix[] gradients = gradients(Batches.rows(inputs, chosen), answers);
                for (int layer = from; layer < weights.length; layer++) {
                    move(layer, gradients[layer].values(), speeds[layer], rate);
                }
            }
        }
    }

    private void move(int layer, double[] gradient, double[] speed, double rate) {
        double[] values = weights[layer].values();
        for (int i = 0; i < speed.length; i++) {
            speed[i] = MOMENTUM * speed[i] + gradient[i];
            if (i < values.length) {
                values[i] -= rate * speed[i];
            } else {
                biases[layer][i - values.length] -= rate * speed[i];
            }
        }
    }

    /** The share of examples whose most probable class is theirs. */
    double accuracy(Matrix inputs, int[] labels) {
        Matrix outputs = outputs(inputs)[weights.length - 1];
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            right += Largest.inRow(outputs, row) == labels[row] ? 1 : 0;
        }
        return right / (double) labels.length;
    }
}
