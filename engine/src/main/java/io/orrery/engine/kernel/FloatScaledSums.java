package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product with a number and a sum in one pass, as optimizers are full of them. The product is rounded before it is
 * added, so that the bits are those of two passes, unless said otherwise.
 */
public final class FloatScaledSums {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatScaledSums() {}

    /** out[i] = a[i] * scale + b[i]. */
    public static void add(
            float[] a, int aOffset, float scale, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        if (VectorWidth.BITS != 0) {
            FloatVector factor = FloatVector.broadcast(SPECIES, scale);
            for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
                FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
                FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
                x.mul(factor).add(y).intoArray(out, outOffset + i);
            }
        }
        for (; i < length; i++) {
            float product = a[aOffset + i] * scale;
            out[outOffset + i] = product + b[bOffset + i];
        }
    }

    /** out[i] = b[i] - a[i] * scale. */
    public static void subtract(
            float[] a, int aOffset, float scale, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        if (VectorWidth.BITS != 0) {
            FloatVector factor = FloatVector.broadcast(SPECIES, scale);
            for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
                FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
                FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
                y.sub(x.mul(factor)).intoArray(out, outOffset + i);
            }
        }
        for (; i < length; i++) {
            float product = a[aOffset + i] * scale;
            out[outOffset + i] = b[bOffset + i] - product;
        }
    }

    /** out[i] = a[i] * scale + b[i], rounded once. */
    public static void fused(
            float[] a, int aOffset, float scale, float[] b, int bOffset, float[] out, int outOffset, int length) {
        int i = 0;
        if (VectorWidth.BITS != 0) {
            FloatVector factor = FloatVector.broadcast(SPECIES, scale);
            for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
                FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
                FloatVector y = FloatVector.fromArray(SPECIES, b, bOffset + i);
                x.fma(factor, y).intoArray(out, outOffset + i);
            }
        }
        for (; i < length; i++) {
            out[outOffset + i] = Math.fma(a[aOffset + i], scale, b[bOffset + i]);
        }
    }
}
