package io.orrery.engine.graph;

import java.util.List;

/**
 * One result per element. Operands have the result's shape or are scalars; anything else is broadcast explicitly
 * ({@link Layout.Broadcast}), which {@link Node}'s methods do on their own.
 */
public sealed interface Elementwise extends Operation {

    /** Functions of one number. */
    enum UnaryFunction {
        NEGATE,
        ABSOLUTE,
        /** -1, 0 or 1: the derivative of {@link #ABSOLUTE}, 0 at 0. */
        SIGN,
        SQUARE,
        SQUARE_ROOT,
        RECIPROCAL,
        EXPONENTIAL,
        /** Natural logarithm. */
        LOGARITHM,
        TANH,
        /** 1 / (1 + exp(-x)). */
        SIGMOID,
        /** The error function erf. */
        ERROR_FUNCTION,
        /** max(x, 0). NaN stays NaN. */
        RELU,
        /** 1 where x &gt; 0, else 0: the derivative of {@link #RELU}, 0 at 0. */
        STEP
    }

    /** Functions of two numbers. Comparisons give 1 or 0. */
    enum BinaryFunction {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MAXIMUM,
        MINIMUM,
        GREATER,
        EQUAL
    }

    /** A function of one operand. */
    record Unary(UnaryFunction function) implements Elementwise {
        @Override
        public String name() {
            return lower(function);
        }
    }

    /** A function of two operands. */
    record Binary(BinaryFunction function) implements Elementwise {
        @Override
        public String name() {
            return lower(function);
        }
    }

    /** Operands (condition, a, b): a where the condition is not 0, else b. */
    record Select() implements Elementwise {
        @Override
        public String name() {
            return "select";
        }
    }

    /** Operands (a, b, c): a * b + c rounded once. */
    record MultiplyAdd() implements Elementwise {
        @Override
        public String name() {
            return "multiply-add";
        }
    }

    @Override
    default Shape shape(List<Node> inputs) {
        Shape result = Shape.SCALAR;
        for (Node input : inputs) {
            if (input.type() != ElementType.REAL) {
                throw new ShapeException(name() + ": operands must be real, found an index array " + input.shape());
            }
            if (!input.shape().isScalar()) {
                if (!result.isScalar() && !result.equals(input.shape())) {
                    throw new ShapeException(name() + ": shapes " + result + " and " + input.shape()
                            + " differ; broadcast one to the other");
                }
                result = input.shape();
            }
        }
        return result;
    }

    private static String lower(Enum<?> function) {
        return function.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
