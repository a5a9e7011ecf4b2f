package io.orrery.lab.model;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Choice;
import io.orrery.lab.spec.Kind;
import java.util.List;

/** One layer of a {@link Layered} architecture. Activation (and batch normalization) follow dense, conv and local. */
@Choice("kind")
public sealed interface Layer {

    /** Fully connected; images are flattened first. */
    @Kind("dense")
    record Dense(@About("units") int units) implements Layer {}

    /** Convolution. */
    @Kind("conv")
    record Conv(
            @About("output channels") int channels,
            @About("kernel size") int kernel,
            @About("stride") int stride,
            @About("zero padding") int padding)
            implements Layer {
        /** 3 x 3, stride 1, padding 1. */
        public static Conv defaults() {
            return new Conv(32, 3, 1, 1);
        }
    }

    /** Locally connected: a convolution whose kernel differs at every position. */
    @Kind("local")
    record Local(
            @About("output channels") int channels,
            @About("kernel size") int kernel,
            @About("stride") int stride,
            @About("zero padding") int padding)
            implements Layer {
        /** 3 x 3, stride 1, padding 1. */
        public static Local defaults() {
            return new Local(8, 3, 1, 1);
        }
    }

    /** The largest pixel of each window. */
    @Kind("max-pool")
    record MaxPool(
            @About("window size") int kernel,
            @About("stride") int stride) implements Layer {
        /** 2 x 2, stride 2. */
        public static MaxPool defaults() {
            return new MaxPool(2, 2);
        }
    }

    /** The mean of each window. */
    @Kind("average-pool")
    record AveragePool(
            @About("window size") int kernel,
            @About("stride") int stride) implements Layer {
        /** 2 x 2, stride 2. */
        public static AveragePool defaults() {
            return new AveragePool(2, 2);
        }
    }

    /** The mean of each channel. */
    @Kind("global-pool")
    record GlobalPool() implements Layer {
        /** No settings. */
        public static GlobalPool defaults() {
            return new GlobalPool();
        }
    }

    /** Adds the input to the result of the inner layers; a 1 x 1 convolution (or dense map) fits differing shapes. */
    @Kind("residual")
    record Residual(@About("inner layers") List<Layer> layers) implements Layer {
        /** No inner layers. */
        public static Residual defaults() {
            return new Residual(List.of());
        }
    }
}
