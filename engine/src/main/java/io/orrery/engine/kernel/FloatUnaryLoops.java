package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FloatElementwise#unary} over arithmetic functions: whole vectors, then the tail one by one. */
final class FloatUnaryLoops {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final float ZERO = 0;
    private static final float ONE = 1;
    private static final FloatVector ZEROS = FloatVector.zero(SPECIES);
    private static final FloatVector ONES = FloatVector.broadcast(SPECIES, ONE);

    private FloatUnaryLoops() {}

    static void negate(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.neg().intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = -x;
        }
    }

    static void absolute(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.abs().intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = Math.abs(x);
        }
    }

    static void sign(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.GT, ZERO))
                    .blend(-ONE, x.compare(VectorOperators.LT, ZERO))
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x > 0 ? 1 : x < 0 ? -1 : 0;
        }
    }

    static void square(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.mul(x).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x * x;
        }
    }

    static void squareRoot(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.sqrt().intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = (float) Math.sqrt(x);
        }
    }

    static void reciprocal(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ONES.div(x).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = 1 / x;
        }
    }

    static void relu(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            x.blend(ZERO, x.compare(VectorOperators.LE, ZERO)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x <= 0 ? 0 : x;
        }
    }

    static void step(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            ZEROS.blend(ONE, x.compare(VectorOperators.GT, ZERO)).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            float x = a[aOffset + i];
            out[outOffset + i] = x > 0 ? 1 : 0;
        }
    }
}
