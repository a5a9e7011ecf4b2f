package io.orrery.lab.theory;

import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.scaled;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/** A network without biases, ReLU or linear, in a few lines: shares nothing with the engine. Rows are examples. */
public final class PlainBiasless {
    public final Matrix[] weights;
    private final boolean rectified;

    public PlainBiasless(boolean rectified, Matrix... weights) {
        this.rectified = rectified;
        this.weights = weights;
    }

    /** Normal weights of variance gain / inputs in layers of the given widths, inputs first. */
    public static PlainBiasless random(boolean rectified, double gain, long seed, int... widths) {
        Matrix[] weights = new Matrix[widths.length - 1];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = normal(widths[k + 1], widths[k], Math.sqrt(gain / widths[k]), 100 * seed + k);
        }
        return new PlainBiasless(rectified, weights);
    }

    /** The same with every layer on the unit sphere. */
    public static PlainBiasless normalized(boolean rectified, long seed, int... widths) {
        PlainBiasless network = random(rectified, 1, seed, widths);
        for (int k = 0; k < network.weights.length; k++) {
            network.weights[k] = scaled(1 / Products.norm(network.weights[k]), network.weights[k]);
        }
        return network;
    }

    /** Inputs, then what leaves each layer: activations, and outputs last. */
    public Matrix[] forward(Matrix inputs) {
        Matrix[] activations = new Matrix[weights.length + 1];
        activations[0] = inputs;
        for (int k = 0; k < weights.length; k++) {
            activations[k + 1] = Products.timesTransposed(activations[k], weights[k]);
            if (rectified && k + 1 < weights.length) {
                double[] values = activations[k + 1].values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.max(0, values[i]);
                }
            }
        }
        return activations;
    }

    /** Errors delta at each layer's pre-activations, given those at the outputs. */
    public Matrix[] errors(Matrix[] activations, Matrix atOutputs) {
        Matrix[] errors = new Matrix[weights.length];
        errors[weights.length - 1] = atOutputs;
        for (int k = weights.length - 1; k > 0; k--) {
            Matrix below = Products.times(errors[k], weights[k]);
            for (int i = 0; rectified && i < below.values().length; i++) {
                if (activations[k].values()[i] <= 0) {
                    below.values()[i] = 0;
                }
            }
            errors[k - 1] = below;
        }
        return errors;
    }

    /** Gradients of sum over examples and outputs of the errors times the outputs. */
    public Matrix[] gradients(Matrix[] activations, Matrix atOutputs) {
        Matrix[] errors = errors(activations, atOutputs);
        Matrix[] gradients = new Matrix[weights.length];
        for (int k = 0; k < gradients.length; k++) {
            gradients[k] = Products.transposedTimes(errors[k], activations[k]);
        }
        return gradients;
    }
}
