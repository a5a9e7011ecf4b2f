package io.orrery.lab.model;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.lab.model.ModelSpec.Activation;

/** The functions between layers, as PyTorch defines them. */
final class Activations {
    /** PyTorch's default slope of leaky ReLU for negative numbers. */
    private static final double LEAK = 0.01;

    private Activations() {}

    static Node apply(Activation activation, Node x) {
        return switch (activation) {
            case RELU -> x.relu();
            case LEAKY -> Composites.leakyRelu(x, LEAK);
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case GELU -> Composites.gelu(x);
            case SOFTPLUS -> Composites.softplus(x);
            case LINEAR -> x;
        };
    }

    /** Whether f(c x) = c f(x) for every c above 0. */
    static boolean homogeneous(Activation activation) {
        return switch (activation) {
            case RELU, LEAKY, LINEAR -> true;
            case TANH, SIGMOID, GELU, SOFTPLUS -> false;
        };
    }
}
