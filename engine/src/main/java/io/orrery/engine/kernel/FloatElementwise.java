package io.orrery.engine.kernel;

import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import java.util.Arrays;

/**
 * One result per element, over stretches of arrays. {@code out} may be an operand itself at the same offset; it may not
 * overlap one otherwise. MAXIMUM and MINIMUM are those of {@link Math#max}: NaN wins, and -0 is less than 0.
 */
public final class FloatElementwise {
    private FloatElementwise() {}

    /** out[i] = function(a[i]). */
    public static void unary(UnaryFunction function, float[] a, int aOffset, float[] out, int outOffset, int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.unary(function, a, aOffset, out, outOffset, length);
            return;
        }
        switch (function) {
            case NEGATE -> FloatUnaryLoops.negate(a, aOffset, out, outOffset, length);
            case ABSOLUTE -> FloatUnaryLoops.absolute(a, aOffset, out, outOffset, length);
            case SIGN -> FloatUnaryLoops.sign(a, aOffset, out, outOffset, length);
            case SQUARE -> FloatUnaryLoops.square(a, aOffset, out, outOffset, length);
            case SQUARE_ROOT -> FloatUnaryLoops.squareRoot(a, aOffset, out, outOffset, length);
            case RECIPROCAL -> FloatUnaryLoops.reciprocal(a, aOffset, out, outOffset, length);
            case EXPONENTIAL -> FloatVectorFunctions.exponential(a, aOffset, out, outOffset, length);
            case LOGARITHM -> FloatVectorFunctions.logarithm(a, aOffset, out, outOffset, length);
            case TANH -> FloatVectorFunctions.tanh(a, aOffset, out, outOffset, length);
            case SIGMOID -> FloatVectorFunctions.sigmoid(a, aOffset, out, outOffset, length);
            case ERROR_FUNCTION -> FloatVectorFunctions.errorFunction(a, aOffset, out, outOffset, length);
            case RELU -> FloatUnaryLoops.relu(a, aOffset, out, outOffset, length);
            case STEP -> FloatUnaryLoops.step(a, aOffset, out, outOffset, length);
        }
    }

    /** out[i] = function(a[i], b[i]). */
    public static void binary(
            BinaryFunction function,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] out,
            int outOffset,
            int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.binary(function, a, aOffset, b, bOffset, out, outOffset, length);
            return;
        }
        switch (function) {
            case ADD -> FloatBinaryLoops.add(a, aOffset, b, bOffset, out, outOffset, length);
            case SUBTRACT -> FloatBinaryLoops.subtract(a, aOffset, b, bOffset, out, outOffset, length);
            case MULTIPLY -> FloatBinaryLoops.multiply(a, aOffset, b, bOffset, out, outOffset, length);
            case DIVIDE -> FloatBinaryLoops.divide(a, aOffset, b, bOffset, out, outOffset, length);
            case MAXIMUM -> FloatBinaryLoops.maximum(a, aOffset, b, bOffset, out, outOffset, length);
            case MINIMUM -> FloatBinaryLoops.minimum(a, aOffset, b, bOffset, out, outOffset, length);
            case GREATER -> FloatBinaryLoops.greater(a, aOffset, b, bOffset, out, outOffset, length);
            case EQUAL -> FloatBinaryLoops.equal(a, aOffset, b, bOffset, out, outOffset, length);
        }
    }

    /** out[i] = function(a[i], b). */
    public static void binaryScalarRight(
            BinaryFunction function, float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.binaryScalarRight(function, a, aOffset, b, out, outOffset, length);
            return;
        }
        switch (function) {
            case ADD -> FloatBinaryScalarLoops.add(a, aOffset, b, out, outOffset, length);
            case SUBTRACT -> FloatBinaryScalarLoops.subtract(a, aOffset, b, out, outOffset, length);
            case MULTIPLY -> FloatBinaryScalarLoops.multiply(a, aOffset, b, out, outOffset, length);
            case DIVIDE -> FloatBinaryScalarLoops.divide(a, aOffset, b, out, outOffset, length);
            case MAXIMUM -> FloatBinaryScalarLoops.maximum(a, aOffset, b, out, outOffset, length);
            case MINIMUM -> FloatBinaryScalarLoops.minimum(a, aOffset, b, out, outOffset, length);
            case GREATER -> FloatBinaryScalarLoops.greater(a, aOffset, b, out, outOffset, length);
            case EQUAL -> FloatBinaryScalarLoops.equal(a, aOffset, b, out, outOffset, length);
        }
    }

    /** out[i] = function(a, b[i]). */
    public static void binaryScalarLeft(
            BinaryFunction function, float a, float[] b, int bOffset, float[] out, int outOffset, int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.binaryScalarLeft(function, a, b, bOffset, out, outOffset, length);
            return;
        }
        switch (function) {
            case ADD -> FloatBinaryScalarLoops.add(b, bOffset, a, out, outOffset, length);
            case SUBTRACT -> FloatBinaryScalarLoops.subtractFrom(b, bOffset, a, out, outOffset, length);
            case MULTIPLY -> FloatBinaryScalarLoops.multiply(b, bOffset, a, out, outOffset, length);
            case DIVIDE -> FloatBinaryScalarLoops.divideInto(b, bOffset, a, out, outOffset, length);
            case MAXIMUM -> FloatBinaryScalarLoops.maximum(b, bOffset, a, out, outOffset, length);
            case MINIMUM -> FloatBinaryScalarLoops.minimum(b, bOffset, a, out, outOffset, length);
            case GREATER -> FloatBinaryScalarLoops.less(b, bOffset, a, out, outOffset, length);
            case EQUAL -> FloatBinaryScalarLoops.equal(b, bOffset, a, out, outOffset, length);
        }
    }

    /** out[i] = a[i] where condition[i] is not 0, else b[i]. */
    public static void select(
            float[] condition,
            int conditionOffset,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] out,
            int outOffset,
            int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.select(condition, conditionOffset, a, aOffset, b, bOffset, out, outOffset, length);
            return;
        }
        FloatBinaryLoops.select(condition, conditionOffset, a, aOffset, b, bOffset, out, outOffset, length);
    }

    /** out[i] = a[i] * b[i] + c[i], rounded once. */
    public static void multiplyAdd(
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] out,
            int outOffset,
            int length) {
        if (VectorWidth.BITS == 0) {
            FloatScalarElementwise.multiplyAdd(a, aOffset, b, bOffset, c, cOffset, out, outOffset, length);
            return;
        }
        FloatBinaryLoops.multiplyAdd(a, aOffset, b, bOffset, c, cOffset, out, outOffset, length);
    }

    /** out[i] = value. */
    public static void fill(float[] out, int outOffset, int length, float value) {
        Arrays.fill(out, outOffset, outOffset + length, value);
    }
}
