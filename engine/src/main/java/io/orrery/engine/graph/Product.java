package io.orrery.engine.graph;

import java.util.List;

/** Products of matrices, each element summed over k in ascending order by fused multiply-adds starting from 0. */
public sealed interface Product extends Operation {
    /** Whether the left matrix is stored as [k, m] rather than [m, k]. */
    boolean transposeLeft();

    /** Whether the right matrix is stored as [n, k] rather than [k, n]. */
    boolean transposeRight();

    /** The length k of every element's sum, given the shape of the left matrix or matrices. */
    default int innerSize(Shape left) {
        return left.size(transposeLeft() ? -2 : -1);
    }

    /** [m, k] x [k, n] gives [m, n]. */
    record Matmul(boolean transposeLeft, boolean transposeRight) implements Product {
        @Override
        public String name() {
            return "matmul" + flags(this);
        }

        @Override
        public Shape shape(List<Node> inputs) {
            return multiply(this, inputs.get(0).shape(), inputs.get(1).shape(), 0);
        }
    }

    /** The same for each of b pairs of matrices: [b, m, k] x [b, k, n] gives [b, m, n]. */
    record BatchedMatmul(boolean transposeLeft, boolean transposeRight) implements Product {
        @Override
        public String name() {
            return "batched-matmul" + flags(this);
        }

        @Override
        public Shape shape(List<Node> inputs) {
            return multiply(this, inputs.get(0).shape(), inputs.get(1).shape(), 1);
        }
    }

    private static String flags(Product product) {
        return (product.transposeLeft() ? "-t" : "-n") + (product.transposeRight() ? "t" : "n");
    }

    private static Shape multiply(Product product, Shape left, Shape right, int batchAxes) {
        String both = product.name() + ": shapes " + left + " and " + right;
        if (left.rank() != 2 + batchAxes || right.rank() != 2 + batchAxes) {
            throw new ShapeException(both + " must both have " + (2 + batchAxes) + " axes");
        }
        int m = left.size(product.transposeLeft() ? -1 : -2);
        int k = product.innerSize(left);
        int inner = right.size(product.transposeRight() ? -1 : -2);
        int n = right.size(product.transposeRight() ? -2 : -1);
        if (k != inner) {
            throw new ShapeException(both + " do not fit: inner sizes " + k + " and " + inner + " differ");
        }
        if (batchAxes == 0) {
            return Shape.of(m, n);
        }
        if (left.size(0) != right.size(0)) {
            throw new ShapeException(both + " do not fit: " + left.size(0) + " and " + right.size(0) + " matrices");
        }
        return Shape.of(left.size(0), m, n);
    }
}
