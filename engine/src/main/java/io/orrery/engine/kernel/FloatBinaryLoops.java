package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FloatElementwise} over functions of two arrays, and of three. */
final class FloatBinaryLoops {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final float ONE = 1;
    private static final FloatVector ZEROS = FloatVector.zero(SPECIES);
    private static final float ZERO = 0;

    private FloatBinaryLoops() {}

    static void add(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.add(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x + y;
        }
    }

    static void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.sub(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x - y;
        }
    }

    static void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.mul(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x * y;
        }
    }

    static void divide(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.div(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x / y;
        }
    }

    static void maximum(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.max(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = Math.max(x, y);
        }
    }

    static void minimum(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            x.min(y).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = Math.min(x, y);
        }
    }

    static void greater(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x > y ? 1 : 0;
        }
    }

    static void equal(float[] a, int aOffset, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            float y = b[bOffset + i];
            out[outOffset + i] = x == y ? 1 : 0;
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
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector decides = FloatVector.fromArray(SPECIES, condition, conditionOffset + i);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            y.blend(x, decides.compare(VectorOperators.NE, ZERO)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
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
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
            FloatVector z = FloatVector.fromArray(SPECIES, c, cOffset + i);
            x.fma(y, z).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = Math.fma(a[aOffset + i], b[bOffset + i], c[cOffset + i]);
        }
    }
}
