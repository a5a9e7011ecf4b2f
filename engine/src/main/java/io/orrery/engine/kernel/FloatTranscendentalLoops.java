package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FloatElementwise#unary} over transcendental functions: masked vectors throughout, absent lanes
 * computing with 0. A second copy of the function for the tail would exceed what the compiler takes in one method.
 */
final class FloatTranscendentalLoops {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    /** Functions of two halves work on stretches that stay in the nearest cache between the halves. */
    private static final int STRETCH = 1024;

    private FloatTranscendentalLoops() {}

    static void tanh(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int start = 0; start < length; start += STRETCH) {
            int stretch = Math.min(STRETCH, length - start);
            tanhNear(a, aOffset + start, out, outOffset + start, stretch);
            tanhFar(out, outOffset + start, out, outOffset + start, stretch);
        }
    }

    static void errorFunction(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int start = 0; start < length; start += STRETCH) {
            int stretch = Math.min(STRETCH, length - start);
            errorPolynomials(a, aOffset + start, out, outOffset + start, stretch);
            errorExponential(out, outOffset + start, out, outOffset + start, stretch);
        }
    }

    static void exponential(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.exponential(x).intoArray(out, outOffset + i, present);
        }
    }

    static void logarithm(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.logarithm(x).intoArray(out, outOffset + i, present);
        }
    }

    static void sigmoid(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.sigmoid(x).intoArray(out, outOffset + i, present);
        }
    }

    private static void tanhNear(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.tanhNear(x).intoArray(out, outOffset + i, present);
        }
    }

    private static void tanhFar(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.tanhFar(x).intoArray(out, outOffset + i, present);
        }
    }

    private static void errorPolynomials(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.errorPolynomials(x).intoArray(out, outOffset + i, present);
        }
    }

    private static void errorExponential(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatFunctions.errorExponential(x).intoArray(out, outOffset + i, present);
        }
    }
}
