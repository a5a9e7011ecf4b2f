package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;

/**
 * Norms of the gradients of single examples, without forming the gradients. For a dense layer with inputs x_i and
 * derivatives d_i of example i's loss with respect to the layer's outputs, the gradient of the weights is the outer
 * product of the two, so its squared norm is |x_i|^2 |d_i|^2 (Goodfellow 2015, "Efficient per-example gradient
 * computations", equation 4).
 */
public final class PerExample {
    private PerExample() {}

    /**
     * Squared norms of the weights' gradients.
     *
     * @param inputs the layer's inputs [batch, inputs]
     * @param outputGradients the derivative of the <em>sum</em> of the examples' losses with respect to the layer's
     *     outputs [batch, outputs]; with a mean loss, multiply it by the batch size first
     * @return [batch]
     */
    public static Node squaredNorms(Node inputs, Node outputGradients) {
        return inputs.square().sum(1).multiply(outputGradients.square().sum(1));
    }

    /** The same for weights and bias together: (|x_i|^2 + 1) |d_i|^2. */
    public static Node squaredNormsWithBias(Node inputs, Node outputGradients) {
        return inputs.square().sum(1).add(1).multiply(outputGradients.square().sum(1));
    }
}
