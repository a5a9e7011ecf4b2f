package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatElementwise} over an array and a number. Those named {@code ...From} and the like have the
 * number on the left; functions that commute need no second loop.
 */
final class FloatBinaryScalarLoops {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final float ONE = 1;
    private static final FloatVector ZEROS = FloatVector.zero(SPECIES);

    private FloatBinaryScalarLoops() {}

    static void add(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.add(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x + b;
        }
    }

    static void subtract(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.sub(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x - b;
        }
    }

    static void multiply(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.mul(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x * b;
        }
    }

    static void divide(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.div(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x / b;
        }
    }

    static void maximum(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.max(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = Math.max(x, b);
        }
    }

    static void minimum(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.min(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = Math.min(x, b);
        }
    }

    static void greater(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x > b ? 1 : 0;
        }
    }

    static void equal(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x == b ? 1 : 0;
        }
    }

    static void subtractFrom(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            y.sub(x).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = b - x;
        }
    }

    static void divideInto(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            y.div(x).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = b / x;
        }
    }

    static void less(float[] a, int aOffset, float b, float[] out, int outOffset, int length) {
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.LT, y)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x < b ? 1 : 0;
        }
    }
}
