package io.orrery.lab.model;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Inline;
import io.orrery.lab.spec.Place;
import java.util.Optional;

/** The classifier of a run. Input and output sizes follow the data. */
public record ModelSpec(
        @Inline Architecture architecture,

        @About("relu, leaky, tanh, sigmoid, gelu, softplus or linear, between layers")
        Activation activation,

        @About("whether layers have a bias") boolean bias,
        @About("he, xavier, orthogonal or constant-norm") Initialization initialization,

        @About("factor on the initial weights; for constant-norm the Frobenius norm of each layer")
        double initialScale,

        @About("none, frobenius (unit Frobenius sphere and one scale rho), weight (Salimans-Kingma) or batch")
        Normalization normalization,

        @About("initial rho under frobenius normalization") double initialRho,

        @About("fraction of activations dropped in training")
        double dropout,

        @Place @About("safetensors file with initial weights under PyTorch's names")
        Optional<String> weights) {

    /** Functions between layers. */
    public enum Activation {
        RELU,
        LEAKY,
        TANH,
        SIGMOID,
        GELU,
        SOFTPLUS,
        LINEAR
    }

    /** Distributions of initial weights. */
    public enum Initialization {
        /** Normal with variance 2 / fan-in (He et al. 2015). */
        HE,
        /** Normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
        XAVIER,
        /** Orthonormal rows or columns (Saxe et al. 2014). */
        ORTHOGONAL,
        /** Gaussian, then rescaled to Frobenius norm {@code initialScale} (core theory, section 7). */
        CONSTANT_NORM
    }

    /** What keeps weights or activations at a scale. */
    public enum Normalization {
        NONE,
        FROBENIUS,
        WEIGHT,
        BATCH
    }

    /** Two hidden layers of 256 ReLU units without bias, He initialization, no normalization. */
    public static ModelSpec defaults() {
        return new ModelSpec(
                Mlp.defaults(),
                Activation.RELU,
                false,
                Initialization.HE,
                1,
                Normalization.NONE,
                1,
                0,
                Optional.empty());
    }
}
