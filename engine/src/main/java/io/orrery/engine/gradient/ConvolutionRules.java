package io.orrery.engine.gradient;

import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Window;

/**
 * A convolution is linear in images x and kernel k. With g a derivative of its output, the form &lt;g, x * k&gt; is
 * trilinear; the three operations are its three partial derivatives, so each one's rule consists of the other two.
 */
final class ConvolutionRules {
    private ConvolutionRules() {}

    static void convolution(Convolution operation, Node y, Node upstream, Adjoints adjoints) {
        Node first = y.input(0);
        Node second = y.input(1);
        Window window = operation.window();
        switch (operation) {
            case Convolution.Forward _ -> {
                if (adjoints.wants(first)) {
                    adjoints.add(first, inputGradient(window, upstream, second, first));
                }
                if (adjoints.wants(second)) {
                    adjoints.add(second, kernelGradient(window, first, upstream));
                }
            }
            case Convolution.InputGradient _ -> {
                if (adjoints.wants(first)) {
                    adjoints.add(first, upstream.convolve(second, window));
                }
                if (adjoints.wants(second)) {
                    adjoints.add(second, kernelGradient(window, upstream, first));
                }
            }
            case Convolution.KernelGradient _ -> {
                if (adjoints.wants(first)) {
                    adjoints.add(first, inputGradient(window, second, upstream, first));
                }
                if (adjoints.wants(second)) {
                    adjoints.add(second, first.convolve(upstream, window));
                }
            }
        }
    }

    private static Node inputGradient(Window window, Node outputGradient, Node kernel, Node images) {
        Graph graph = images.graph();
        int height = images.shape().size(2);
        int width = images.shape().size(3);
        return graph.add(new Convolution.InputGradient(window, height, width), outputGradient, kernel);
    }

    private static Node kernelGradient(Window window, Node images, Node outputGradient) {
        return images.graph().add(new Convolution.KernelGradient(window), images, outputGradient);
    }
}
