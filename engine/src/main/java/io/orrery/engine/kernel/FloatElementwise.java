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
        FloatScalarElementwise.unary(function, a, aOffset, out, outOffset, length);
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
        FloatScalarElementwise.binary(function, a, aOffset, b, bOffset, out, outOffset, length);
    }

    /** out[i] = function(a[i], b). */
    public static void binaryScalarRight(
            BinaryFunction function, float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatScalarElementwise.binaryScalarRight(function, a, aOffset, b, out, outOffset, length);
    }

    /** out[i] = function(a, b[i]). */
    public static void binaryScalarLeft(
            BinaryFunction function, float a, float[] b, int bOffset, float[] out, int outOffset, int length) {
        FloatScalarElementwise.binaryScalarLeft(function, a, b, bOffset, out, outOffset, length);
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
        FloatScalarElementwise.select(condition, conditionOffset, a, aOffset, b, bOffset, out, outOffset, length);
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
        FloatScalarElementwise.multiplyAdd(a, aOffset, b, bOffset, c, cOffset, out, outOffset, length);
    }

    /** out[i] = value. */
    public static void fill(float[] out, int outOffset, int length, float value) {
        Arrays.fill(out, outOffset, outOffset + length, value);
    }
}
