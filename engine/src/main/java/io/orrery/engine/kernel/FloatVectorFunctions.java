package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatFunctions} over stretches of arrays, in vectors: the same operations in the same order. Masked throughout,
 * absent lanes computing with 0.
 *
 * <p>What the compiler demands: constants are vectors made once (a broadcast in a loop costs it hundreds of nodes); a loop
 * has at most about 45 operations, so that tanh and erf come as two loops, the first marking by size what is left to the
 * second; and exp is written out in each loop, since a call that the compiler decides not to inline would box vectors.
 */
final class FloatVectorFunctions {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    /** Functions of two loops work on stretches that stay in the nearest cache between them. */
    private static final int STRETCH = 1024;

    private static final int EXPONENT_SHIFT = FloatFunctions.EXPONENT_SHIFT;
    private static final int EXPONENT_BIAS = FloatFunctions.EXPONENT_BIAS;
    private static final int MANTISSA = FloatFunctions.MANTISSA;
    private static final int SQRT_HALF_BITS = FloatFunctions.SQRT_HALF_BITS;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(FloatFunctions.ROUNDER);
    private static final float HIGHEST = FloatFunctions.EXPONENTIAL_HIGHEST;
    private static final float LOWEST = FloatFunctions.EXPONENTIAL_LOWEST;
    private static final float ZERO = 0;
    private static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E);
    private static final FloatVector ROUNDER = FloatVector.broadcast(SPECIES, FloatFunctions.ROUNDER);
    private static final FloatVector MINUS_REDUCE_HIGH =
            FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH);
    private static final FloatVector MINUS_REDUCE_LOW = FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW);
    private static final FloatVector HALF = FloatVector.broadcast(SPECIES, FloatFunctions.HALF);
    private static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, FloatFunctions.LN2_HIGH);
    private static final FloatVector LN2_LOW = FloatVector.broadcast(SPECIES, FloatFunctions.LN2_LOW);
    private static final FloatVector BIAS = FloatVector.broadcast(SPECIES, FloatFunctions.BIAS);
    private static final FloatVector ONE = FloatVector.broadcast(SPECIES, FloatFunctions.ONE);
    private static final FloatVector TWO = FloatVector.broadcast(SPECIES, FloatFunctions.TWO);
    private static final FloatVector EXP_0 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0);
    private static final FloatVector EXP_1 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1);
    private static final FloatVector EXP_2 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2);
    private static final FloatVector EXP_3 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3);
    private static final FloatVector EXP_4 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4);
    private static final FloatVector LOG_0 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_0);
    private static final FloatVector LOG_1 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_1);
    private static final FloatVector LOG_2 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_2);
    private static final FloatVector LOG_3 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_3);
    private static final FloatVector TANH_0 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_0);
    private static final FloatVector TANH_1 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_1);
    private static final FloatVector TANH_2 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_2);
    private static final FloatVector TANH_3 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_3);
    private static final FloatVector TANH_4 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_4);
    private static final FloatVector ERF_NEAR_0 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_0);
    private static final FloatVector ERF_NEAR_1 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_1);
    private static final FloatVector ERF_NEAR_2 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_2);
    private static final FloatVector ERF_NEAR_3 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_3);
    private static final FloatVector ERF_NEAR_4 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_4);
    private static final FloatVector ERF_NEAR_5 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_5);
    private static final FloatVector ERF_FAR_0 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_0);
    private static final FloatVector ERF_FAR_1 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_1);
    private static final FloatVector ERF_FAR_2 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_2);
    private static final FloatVector ERF_FAR_3 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_3);
    private static final FloatVector ERF_FAR_4 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_4);
    private static final FloatVector ERF_FAR_5 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_5);
    private static final FloatVector ERF_FAR_6 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_6);
    private static final FloatVector ERF_FAR_7 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_7);

    private FloatVectorFunctions() {}

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

    /** e^x. */
    static void exponential(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector clamped = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            FloatVector q = EXP_4.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            IntVector half = n.fma(HALF, ROUNDER).reinterpretAsInts();
            IntVector rest = rounded.reinterpretAsInts().sub(half);
            FloatVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats());
            e.intoArray(out, outOffset + i, present);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector down = x.abs().neg();
            FloatVector clamped = down.blend(HIGHEST, down.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            FloatVector q = EXP_4.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            IntVector half = n.fma(HALF, ROUNDER).reinterpretAsInts();
            IntVector rest = rounded.reinterpretAsInts().sub(half);
            FloatVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats());
            var right = x.compare(VectorOperators.GE, ZERO);
            FloatVector numerator = e.blend(ONE, right);
            FloatVector denominator = e.add(ONE);
            FloatVector lost = e.sub(denominator.sub(ONE));
            FloatVector quotient = numerator.div(denominator);
            FloatVector minus = quotient.neg();
            FloatVector left = minus.fma(lost, minus.fma(denominator, numerator));
            left.fma(minus.add(ONE).blend(quotient, right), quotient).intoArray(out, outOffset + i, present);
        }
    }

    /** Natural logarithm. */
    static void logarithm(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            var subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = x.blend(x.mul(FloatFunctions.LIFT), subnormal)
                    .reinterpretAsInts()
                    .add(FloatFunctions.ONE_BITS - SQRT_HALF_BITS);
            FloatVector n = bits.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT)
                    .add(ROUNDER_BITS)
                    .reinterpretAsFloats()
                    .sub(ROUNDER)
                    .sub(BIAS.blend(FloatFunctions.LIFTED_BIAS, subnormal));
            FloatVector f =
                    bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(ONE);
            FloatVector s = f.div(f.add(TWO));
            FloatVector z = s.mul(s);
            FloatVector p = LOG_3.fma(z, LOG_2);
            p = p.fma(z, LOG_1);
            p = p.fma(z, LOG_0);
            FloatVector square = f.mul(HALF).mul(f);
            FloatVector low = s.fma(p.fma(z, square), n.mul(LN2_LOW));
            FloatVector result = n.fma(LN2_HIGH, f.sub(square.sub(low)));
            x.blend(result, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                    .blend(Float.NaN, x.compare(VectorOperators.LT, ZERO))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** First half of tanh: results below TANH_SPLIT, which are below 0.56; other elements pass. */
    private static void tanhNear(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector size = x.abs();
            FloatVector z = size.mul(size);
            FloatVector p = TANH_4.fma(z, TANH_3);
            p = p.fma(z, TANH_2);
            p = p.fma(z, TANH_1);
            p = p.fma(z, TANH_0);
            FloatVector near = p.mul(z).fma(size, size);
            FloatVector signed = near.reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats();
            x.blend(signed, size.compare(VectorOperators.LT, FloatFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** Second half of tanh: what the first half let pass. */
    private static void tanhFar(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector size = x.abs();
            FloatVector twice = size.add(size);
            FloatVector clamped = twice.blend(HIGHEST, twice.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            FloatVector q = EXP_4.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            IntVector half = n.fma(HALF, ROUNDER).reinterpretAsInts();
            IntVector rest = rounded.reinterpretAsInts().sub(half);
            FloatVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats());
            FloatVector far = ONE.sub(TWO.div(e.add(ONE)));
            FloatVector signed = far.reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats();
            x.blend(signed, size.compare(VectorOperators.GE, FloatFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** First half of erf: results below ERF_SPLIT, which are below 0.85; elsewhere -log(1 - erf), which is above 1.6. */
    private static void errorPolynomials(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector size = x.abs();
            FloatVector z = size.mul(size);
            FloatVector near = ERF_NEAR_5.fma(z, ERF_NEAR_4);
            near = near.fma(z, ERF_NEAR_3);
            near = near.fma(z, ERF_NEAR_2);
            near = near.fma(z, ERF_NEAR_1);
            near = near.fma(z, ERF_NEAR_0);
            near = near.fma(size, size);
            FloatVector limited =
                    size.blend(FloatFunctions.ERF_ONE, size.compare(VectorOperators.GT, FloatFunctions.ERF_ONE));
            FloatVector far = ERF_FAR_7.fma(limited, ERF_FAR_6);
            far = far.fma(limited, ERF_FAR_5);
            far = far.fma(limited, ERF_FAR_4);
            far = far.fma(limited, ERF_FAR_3);
            far = far.fma(limited, ERF_FAR_2);
            far = far.fma(limited, ERF_FAR_1);
            far = far.fma(limited, ERF_FAR_0);
            FloatVector chosen = far.blend(near, size.compare(VectorOperators.LT, FloatFunctions.ERF_SPLIT));
            chosen.reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** Second half of erf: from -log(1 - erf). */
    private static void errorExponential(float[] a, int aOffset, float[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i, present);
            FloatVector size = x.abs();
            FloatVector down = size.neg();
            FloatVector clamped = down.blend(HIGHEST, down.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(LOG2_E, ROUNDER);
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            FloatVector q = EXP_4.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            IntVector half = n.fma(HALF, ROUNDER).reinterpretAsInts();
            IntVector rest = rounded.reinterpretAsInts().sub(half);
            FloatVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsFloats());
            FloatVector far = ONE.sub(e);
            FloatVector signed = far.reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats();
            x.blend(signed, size.compare(VectorOperators.GT, FloatFunctions.ERF_BETWEEN))
                    .intoArray(out, outOffset + i, present);
        }
    }
}
