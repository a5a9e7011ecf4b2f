package io.orrery.engine.gradient;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Product;

/**
 * Derivatives of matrix products: of C = AB with derivative G they are G B^T and A^T G. For operands stored transposed
 * the same products are written the other way round, so that no transpose is ever carried out.
 */
final class ProductRules {
    private ProductRules() {}

    static void product(Product product, Node y, Node upstream, Adjoints adjoints) {
        Node left = y.input(0);
        Node right = y.input(1);
        boolean leftTransposed = product.transposeLeft();
        boolean rightTransposed = product.transposeRight();
        if (adjoints.wants(left)) {
            adjoints.add(
                    left,
                    leftTransposed
                            ? right.matmul(upstream, rightTransposed, true)
                            : upstream.matmul(right, false, !rightTransposed));
        }
        if (adjoints.wants(right)) {
            adjoints.add(
                    right,
                    rightTransposed
                            ? upstream.matmul(left, true, leftTransposed)
                            : left.matmul(upstream, !leftTransposed, false));
        }
    }
}
