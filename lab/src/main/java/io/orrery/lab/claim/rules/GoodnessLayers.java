package io.orrery.lab.claim.rules;

import io.orrery.engine.random.RandomStream;
import java.util.Arrays;

/**
 * Layers that learn by forward-forward (Hinton 2022, arXiv 2212.13345): h = relu(W u + b), u = x / (|x| + 1e-4) with x what the layer
 * below gives, goodness G = mean of h^2 over units. Layer l descends softplus(theta - G_l - gamma_l) on examples with their label and
 * softplus(G_l + gamma_l - theta) on examples with a wrong one. gamma_l is 0, or what other layers make of an example (Lorberbom, Gat,
 * Adi, Schwing and Hazan 2023, arXiv 2305.12393), which is taken as a given number. No gradient leaves its layer. Updates are Adam's
 * (Kingma and Ba 2015) with 0.9, 0.999 and 1e-8.
 */
final class GoodnessLayers {
    private static final double SMALL = 1e-4;

    private final Layer[] layers;
    private final double theta;

    /**
     * Layers at their start: weights normal of variance 2 / inputs, biases 0.
     *
     * @param stream weights of layer l, counted from 0, are its step l
     * @param widths inputs, then the units of each layer
     */
    GoodnessLayers(RandomStream stream, double theta, int... widths) {
        this.theta = theta;
        this.layers = new Layer[widths.length - 1];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = new Layer(stream.normals(l, widths[l] * widths[l + 1]), widths[l], widths[l + 1]);
        }
    }

    /** Weights [inputs, units], biases, their gradients summed over a batch, and the moments of both. */
    private static final class Layer {
        private final int inputs;
        private final int units;
        private final double[] weights;
        private final double[] biases;
        private final double[] gradient;
        private final double[] biasGradient;
        private final Adam weightMoments;
        private final Adam biasMoments;

        private Layer(double[] normals, int inputs, int units) {
            this.inputs = inputs;
            this.units = units;
            this.weights = normals;
            double deviation = Math.sqrt(2.0 / inputs);
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= deviation;
            }
            this.biases = new double[units];
            this.gradient = new double[weights.length];
            this.biasGradient = new double[units];
            this.weightMoments = new Adam(weights.length);
            this.biasMoments = new Adam(units);
        }

        /** relu(W u + b); zeros of u, such as blank pixels, cost nothing. */
        private double[] activations(double[] input) {
            double[] sums = biases.clone();
            for (int i = 0; i < inputs; i++) {
                double x = input[i];
                if (x != 0) {
                    int from = i * units;
                    for (int j = 0; j < units; j++) {
                        sums[j] += x * weights[from + j];
                    }
                }
            }
            for (int j = 0; j < units; j++) {
                sums[j] = Math.max(sums[j], 0);
            }
            return sums;
        }

        /** Adds the gradient of factor times the goodness. */
        private void addGradient(double[] input, double[] activations, double factor) {
            double[] delta = new double[units];
            for (int j = 0; j < units; j++) {
                delta[j] = factor * 2 * activations[j] / units;
                biasGradient[j] += delta[j];
            }
            for (int i = 0; i < inputs; i++) {
                double x = input[i];
                if (x != 0) {
                    int from = i * units;
                    for (int j = 0; j < units; j++) {
                        gradient[from + j] += x * delta[j];
                    }
                }
            }
        }

        private void update(double rate, int examples) {
            weightMoments.update(weights, gradient, rate, examples);
            biasMoments.update(biases, biasGradient, rate, examples);
            Arrays.fill(gradient, 0);
            Arrays.fill(biasGradient, 0);
        }
    }

    /** First and second moments of gradients. */
    private static final class Adam {
        private final double[] first;
        private final double[] second;
        private double firstPower = 1;
        private double secondPower = 1;

        private Adam(int count) {
            first = new double[count];
            second = new double[count];
        }

        private void update(double[] values, double[] gradient, double rate, int examples) {
            firstPower *= 0.9;
            secondPower *= 0.999;
            for (int i = 0; i < values.length; i++) {
                double g = gradient[i] / examples;
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                values[i] -= rate * (first[i] / (1 - firstPower)) / (Math.sqrt(second[i] / (1 - secondPower)) + 1e-8);
            }
        }
    }

    /**
     * An example on its way up.
     *
     * @param inputs of each layer, of norm near 1
     * @param activations of each layer
     * @param goodness of each layer
     */
    record Pass(double[][] inputs, double[][] activations, double[] goodness) {
        /** The goodness of all layers but one. */
        double others(int layer) {
            double sum = 0;
            for (int l = 0; l < goodness.length; l++) {
                sum += l == layer ? 0 : goodness[l];
            }
            return sum;
        }
    }

    /** How many layers there are. */
    int count() {
        return layers.length;
    }

    /** Weights of a layer [inputs, units], the array itself. */
    double[] weights(int layer) {
        return layers[layer].weights;
    }

    /** Biases of a layer, the array itself. */
    double[] biases(int layer) {
        return layers[layer].biases;
    }

    /** The gradient of the sum of losses over the examples added since the last update, [inputs, units]. */
    double[] gradient(int layer) {
        return layers[layer].gradient;
    }

    /** What all layers make of an example with a label. */
    Pass pass(double[] example) {
        double[][] inputs = new double[layers.length][];
        double[][] activations = new double[layers.length][];
        double[] goodness = new double[layers.length];
        double[] below = example;
        for (int l = 0; l < layers.length; l++) {
            inputs[l] = normalized(below);
            activations[l] = layers[l].activations(inputs[l]);
            goodness[l] = squares(activations[l]) / activations[l].length;
            below = activations[l];
        }
        return new Pass(inputs, activations, goodness);
    }

    /**
     * Adds an example's gradient to one layer.
     *
     * @param right whether its label is the right one
     * @param gamma what is added to the layer's goodness
     */
    void learn(int layer, Pass pass, boolean right, double gamma) {
        double excess = pass.goodness[layer] + gamma - theta;
        double slope = right ? -sigmoid(-excess) : sigmoid(excess);
        layers[layer].addGradient(pass.inputs[layer], pass.activations[layer], slope);
    }

    /** The loss of one layer on an example. */
    double loss(int layer, Pass pass, boolean right, double gamma) {
        double excess = pass.goodness[layer] + gamma - theta;
        return softplus(right ? -excess : excess);
    }

    /** Moves all layers by the mean of what was added since the last update. */
    void update(double rate, int examples) {
        for (Layer layer : layers) {
            layer.update(rate, examples);
        }
    }

    private static double[] normalized(double[] x) {
        double norm = Math.sqrt(squares(x) / x.length) + SMALL;
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            scaled[i] = x[i] / norm;
        }
        return scaled;
    }

    private static double squares(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
