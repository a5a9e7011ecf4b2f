package io.orrery.engine.kernel;

import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;

/**
 * The functions of {@link FloatElementwise} without vectors: the reference of its tests, its tails, and what runs at
 * vector width 0. Same bits.
 */
final class FloatScalarElementwise {
    private FloatScalarElementwise() {}

    static float unary(UnaryFunction function, float x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABSOLUTE -> Math.abs(x);
            case SIGN -> x > 0 ? 1 : x < 0 ? -1 : 0;
            case SQUARE -> x * x;
            case SQUARE_ROOT -> (float) Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXPONENTIAL -> FloatFunctions.exponential(x);
            case LOGARITHM -> FloatFunctions.logarithm(x);
            case TANH -> FloatFunctions.tanh(x);
            case SIGMOID -> FloatFunctions.sigmoid(x);
            case ERROR_FUNCTION -> FloatFunctions.errorFunction(x);
            case RELU -> x <= 0 ? 0 : x;
            case STEP -> x > 0 ? 1 : 0;
        };
    }

    static float binary(BinaryFunction function, float x, float y) {
        return switch (function) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
            case GREATER -> x > y ? 1 : 0;
            case EQUAL -> x == y ? 1 : 0;
        };
    }

    static void unary(UnaryFunction function, float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = unary(function, a[aOffset + i]);
        }
    }

    static void binary(
            BinaryFunction function,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] out,
            int outOffset,
            int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = binary(function, a[aOffset + i], b[bOffset + i]);
        }
    }

    static void binaryScalarRight(
            BinaryFunction function, float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = binary(function, a[aOffset + i], b);
        }
    }

    static void binaryScalarLeft(
            BinaryFunction function, float a, float[] b, int bOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = binary(function, a, b[bOffset + i]);
        }
    }

    static void select(
            float[] condition,
            int conditionOffset,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] out,
            int outOffset,
            int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = condition[conditionOffset + i] != 0 ? a[aOffset + i] : b[bOffset + i];
        }
    }

    static void multiplyAdd(
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] out,
            int outOffset,
            int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = Math.fma(a[aOffset + i], b[bOffset + i], c[cOffset + i]);
        }
    }
}
