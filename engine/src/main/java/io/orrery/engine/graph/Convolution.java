package io.orrery.engine.graph;

import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as in PyTorch) and its two gradients. Images are
 * [batch, channels, height, width], kernels [output channels, input channels, kernel y, kernel x]. The three are each
 * other's gradients.
 */
public sealed interface Convolution extends Operation {
    /** Kernel size, stride and padding. */
    Window window();

    /** Operands (images, kernel) give the output images. */
    record Forward(Window window) implements Convolution {
        @Override
        public String name() {
            return "conv2d";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape images = images(this, inputs.get(0));
            Shape kernel = inputs.get(1).shape();
            if (kernel.rank() != 4
                    || kernel.size(1) != images.size(1)
                    || kernel.size(2) != window.kernelY()
                    || kernel.size(3) != window.kernelX()) {
                throw new ShapeException("conv2d: images " + images + " need a kernel [outputs, " + images.size(1)
                        + ", " + window.kernelY() + ", " + window.kernelX() + "], found " + kernel);
            }
            return Shape.of(
                    images.size(0),
                    kernel.size(0),
                    window.outputHeight(images.size(2)),
                    window.outputWidth(images.size(3)));
        }
    }

    /** Operands (gradient of the output, kernel) give the gradient of the images, whose height and width are stated. */
    record InputGradient(Window window, int height, int width) implements Convolution {
        @Override
        public String name() {
            return "conv2d-input-gradient";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape gradient = images(this, inputs.get(0));
            Shape kernel = inputs.get(1).shape();
            if (kernel.rank() != 4
                    || kernel.size(0) != gradient.size(1)
                    || kernel.size(2) != window.kernelY()
                    || kernel.size(3) != window.kernelX()) {
                throw new ShapeException(name() + ": gradient " + gradient + " and kernel " + kernel + " do not fit");
            }
            checkOutput(this, gradient, height, width);
            return Shape.of(gradient.size(0), kernel.size(1), height, width);
        }
    }

    /** Operands (images, gradient of the output) give the gradient of the kernel. */
    record KernelGradient(Window window) implements Convolution {
        @Override
        public String name() {
            return "conv2d-kernel-gradient";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape images = images(this, inputs.get(0));
            Shape gradient = images(this, inputs.get(1));
            if (images.size(0) != gradient.size(0)) {
                throw new ShapeException(
                        name() + ": images " + images + " and gradient " + gradient + " differ in number");
            }
            checkOutput(this, gradient, images.size(2), images.size(3));
            return Shape.of(gradient.size(1), images.size(1), window.kernelY(), window.kernelX());
        }
    }

    private static Shape images(Convolution operation, Node node) {
        if (node.shape().rank() != 4) {
            throw new ShapeException(
                    operation.name() + ": images must be [batch, channels, height, width], found " + node.shape());
        }
        return node.shape();
    }

    private static void checkOutput(Convolution operation, Shape gradient, int height, int width) {
        Window window = operation.window();
        if (gradient.size(2) != window.outputHeight(height) || gradient.size(3) != window.outputWidth(width)) {
            throw new ShapeException(operation.name() + ": a gradient " + gradient + " does not come from images of "
                    + height + "x" + width);
        }
    }
}
