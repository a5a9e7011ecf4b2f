package io.orrery.bench;

import java.util.List;

/**
 * A network that both sides build.
 *
 * @param channels of the images
 * @param size height and width of the images
 * @param classes outputs of a dense layer at the end; 0 for none: the last convolution's outputs count
 */
public record ConvolutionalNetwork(String name, int channels, int size, List<Layer> layers, int classes) {
    /** A convolution without bias, and what follows it in this order: batch normalization, ReLU, 2 x 2 max pooling. */
    public record Layer(
            int outputs, int kernel, int stride, int padding, boolean batchNormalization, boolean relu, boolean pool) {
        static Layer same(int outputs, boolean pool) {
            return new Layer(outputs, 3, 1, 1, false, true, pool);
        }

        static Layer normalized(int outputs, boolean pool) {
            return new Layer(outputs, 3, 1, 1, true, true, pool);
        }

        static Layer strided(int outputs) {
            return new Layer(outputs, 3, 2, 1, false, true, false);
        }
    }

    /** Small images, three layers. */
    static final ConvolutionalNetwork MNIST = new ConvolutionalNetwork(
            "mnist-16-32-64", 1, 28, List.of(Layer.same(16, true), Layer.same(32, true), Layer.same(64, false)), 10);

    /** The same with batch normalization. */
    static final ConvolutionalNetwork MNIST_NORMALIZED = new ConvolutionalNetwork(
            "mnist-16-32-64-normalized",
            1,
            28,
            List.of(Layer.normalized(16, true), Layer.normalized(32, true), Layer.normalized(64, false)),
            10);

    /** Larger images in colour, four layers. */
    static final ConvolutionalNetwork CIFAR = new ConvolutionalNetwork(
            "cifar-32-64-128-128",
            3,
            32,
            List.of(Layer.same(32, true), Layer.same(64, true), Layer.same(128, true), Layer.same(128, false)),
            10);

    /** The published main experiment on which the core theory was tried: strides in place of pooling, two outputs. */
    static final ConvolutionalNetwork STRIDED = new ConvolutionalNetwork(
            "cifar-strided-32-64-128-2",
            3,
            32,
            List.of(
                    Layer.strided(32),
                    Layer.strided(64),
                    Layer.strided(128),
                    new Layer(2, 4, 1, 0, false, false, false)),
            0);
}
