package io.orrery.lab.train.update;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * Steepest descent under a norm, step size apart (Bernstein and Newhouse 2024, arXiv 2409.20325): w = w - rate T, T the tensor of norm
 * 1 that goes farthest down, argmax of the inner product with the gradient G. Nothing is remembered.
 *
 * <ul>
 *   <li>{@link Norm#LARGEST}: T = sign(G), 0 where G is 0; what Adam does without its averages.
 *   <li>{@link Norm#SPECTRAL}: T = U V^T of G = U S V^T; what Shampoo does without its accumulation. A kernel counts as the matrix [channels
 *       out, rest], an array of one axis as one column.
 * </ul>
 *
 * <p>U V^T comes by {@value #ITERATIONS} iterations X = 1.5 X - 0.5 X X^T X (Newton and Schulz) from G / ||G||_F, which carry singular
 * values of more than 1% of ||G||_F to between 0.999 and 1, and those far below it towards 0. A gradient of norm below 1e-15 is not moved along
 * with its whole length.
 */
@Serves("002-148")
record NormDescent(Norm norm) implements Update {
    private static final int ITERATIONS = 14;

    /** The norm in which a step has length 1. */
    enum Norm {
        /** The largest absolute value of a coordinate. */
        LARGEST,
        /** The largest singular value. */
        SPECTRAL
    }

    @Override
    public List<String> memories() {
        return List.of();
    }

    @Override
    public Node updated(UpdateSlot slot, Node start, Node gradient) {
        Node direction = switch (norm) {
            case LARGEST -> gradient.sign();
            case SPECTRAL -> orthogonal(gradient);
        };
        return direction.multiplyAdd(slot.scalar(UpdateSlot.MINUS_RATE), start);
    }

    private static Node orthogonal(Node gradient) {
        Shape shape = gradient.shape();
        if (shape.rank() == 0) {
            return gradient.sign();
        }
        Node unit = gradient.divide(gradient.square().sum().add(1e-30).squareRoot());
        int rows = shape.size(0);
        int columns = shape.count() / rows;
        if (rows == 1 || columns == 1) {
            return unit;
        }
        Node x = unit.reshape(Shape.of(rows, columns));
        boolean wide = columns >= rows;
        for (int i = 0; i < ITERATIONS; i++) {
            // The smaller of X X^T and X^T X.
            Node cube = wide ? x.matmul(x, false, true).matmul(x) : x.matmul(x.matmul(x, true, false));
            x = x.multiply(1.5).subtract(cube.multiply(0.5));
        }
        return x.reshape(shape);
    }

    @Override
    public void set(Execution execution, long step, double rate) {
        execution.setScalar(UpdateSlot.MINUS_RATE, -rate);
    }

    @Override
    public boolean dependsOnStep() {
        return false;
    }

    @Override
    public boolean followsGradient() {
        return false;
    }

    @Override
    public boolean decouplesDecay() {
        return false;
    }
}
