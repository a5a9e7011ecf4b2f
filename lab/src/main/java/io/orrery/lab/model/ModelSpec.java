package io.orrery.lab.model;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Inline;
import io.orrery.lab.spec.Place;
import java.util.List;
import java.util.Optional;

/** The classifier of a run. Input and output sizes follow the data. */
public record ModelSpec(
        @Inline Architecture architecture,

        @About("relu, leaky, tanh, sigmoid, gelu, softplus or linear, between layers")
        Activation activation,

        @About("whether layers have a bias") boolean bias,

        @About("whether the last layer has a bias; default: as bias")
        Optional<Boolean> outputBias,

        @About("he, xavier, lecun, normal, orthogonal or constant-norm")
        Initialization initialization,

        @About(
                "factor on the initial weights; for normal their standard deviation, for constant-norm the Frobenius norm of each layer")
        double initialScale,

        @About("one more factor on the initial weights of each weight layer, input side first; empty: none")
        List<Double> initialScales,

        @About("none, frobenius (unit Frobenius sphere and one scale rho), weight (Salimans-Kingma) or batch")
        Normalization normalization,

        @About("initial rho under frobenius normalization") double initialRho,

        @About(
                "return each layer to the unit sphere after an update under frobenius normalization; false leaves the drift of the plain step")
        boolean projection,

        @About("fraction of activations dropped in training")
        double dropout,

        @Place @About("safetensors file with the weights to begin with, under PyTorch's names")
        Optional<String> weights,

        @Place
        @About("safetensors file with the weights from which those of `weights` were trained: what is measured from the"
                + " initial weights (distance, the bounds bartlett, ledent and graf) is given only with it")
        Optional<String> initialWeights) {

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
        /** Normal with variance 1 / fan-in (LeCun et al. 1998). */
        LECUN,
        /** Normal with standard deviation {@code initialScale}. */
        NORMAL,
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
                Optional.empty(),
                Initialization.HE,
                1,
                List.of(),
                Normalization.NONE,
                1,
                true,
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the last layer has a bias. */
    public boolean biasOfOutput() {
        return outputBias.orElse(bias);
    }

    /** Whether any layer may have a bias. */
    public boolean biased() {
        return bias || biasOfOutput();
    }
}
