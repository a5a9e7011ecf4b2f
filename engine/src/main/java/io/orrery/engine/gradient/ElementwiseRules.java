package io.orrery.engine.gradient;

import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Node;

/** Derivatives of elementwise functions, in terms of the operands and, where that is cheaper, of the result. */
final class ElementwiseRules {
    private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

    private ElementwiseRules() {}

    static void unary(UnaryFunction function, Node y, Node upstream, Adjoints adjoints) {
        Node x = y.input(0);
        if (!adjoints.wants(x)) {
            return;
        }
        switch (function) {
            case NEGATE -> adjoints.add(x, upstream.negate());
            case ABSOLUTE -> adjoints.add(x, upstream.multiply(x.sign()));
            case SQUARE -> adjoints.add(x, upstream.multiply(x.multiply(2)));
            case SQUARE_ROOT -> adjoints.add(x, upstream.multiply(0.5).divide(y));
            case RECIPROCAL -> adjoints.add(x, upstream.multiply(y.square()).negate());
            case EXPONENTIAL -> adjoints.add(x, upstream.multiply(y));
            case LOGARITHM -> adjoints.add(x, upstream.divide(x));
            case TANH -> adjoints.add(x, upstream.multiply(one(y).subtract(y.square())));
            case SIGMOID -> adjoints.add(x, upstream.multiply(y.multiply(one(y).subtract(y))));
            case ERROR_FUNCTION ->
                adjoints.add(
                        x, upstream.multiply(x.square().negate().exponential().multiply(TWO_OVER_ROOT_PI)));
            // The result is not 0 exactly where the operand is above 0, so the operand need not be kept.
            case RELU -> adjoints.add(x, y.select(upstream, zero(y)));
            case SIGN, STEP -> {}
        }
    }

    static void binary(BinaryFunction function, Node y, Node upstream, Adjoints adjoints) {
        Node a = y.input(0);
        Node b = y.input(1);
        switch (function) {
            case ADD -> {
                adjoints.add(a, upstream);
                adjoints.add(b, upstream);
            }
            case SUBTRACT -> {
                adjoints.add(a, upstream);
                if (adjoints.wants(b)) {
                    adjoints.add(b, upstream.negate());
                }
            }
            case MULTIPLY -> {
                if (adjoints.wants(a)) {
                    adjoints.add(a, upstream.multiply(b));
                }
                if (adjoints.wants(b)) {
                    adjoints.add(b, upstream.multiply(a));
                }
            }
            case DIVIDE -> {
                if (adjoints.wants(a)) {
                    adjoints.add(a, upstream.divide(b));
                }
                if (adjoints.wants(b)) {
                    adjoints.add(b, upstream.multiply(y).divide(b).negate());
                }
            }
            case MAXIMUM -> choose(b.greater(a), b, a, upstream, adjoints);
            case MINIMUM -> choose(a.greater(b), b, a, upstream, adjoints);
            case GREATER, EQUAL -> {}
        }
    }

    static void select(Node y, Node upstream, Adjoints adjoints) {
        choose(y.input(0), y.input(1), y.input(2), upstream, adjoints);
    }

    static void multiplyAdd(Node y, Node upstream, Adjoints adjoints) {
        Node a = y.input(0);
        Node b = y.input(1);
        if (adjoints.wants(a)) {
            adjoints.add(a, upstream.multiply(b));
        }
        if (adjoints.wants(b)) {
            adjoints.add(b, upstream.multiply(a));
        }
        adjoints.add(y.input(2), upstream);
    }

    /** The whole derivative goes to one of two operands. */
    private static void choose(Node condition, Node whenTrue, Node whenFalse, Node upstream, Adjoints adjoints) {
        if (adjoints.wants(whenTrue)) {
            adjoints.add(whenTrue, condition.select(upstream, zero(upstream)));
        }
        if (adjoints.wants(whenFalse)) {
            adjoints.add(whenFalse, condition.select(zero(upstream), upstream));
        }
    }

    private static Node one(Node like) {
        return like.graph().constant(1);
    }

    private static Node zero(Node like) {
        return like.graph().constant(0);
    }
}
