package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatFunctions} over stretches of arrays: whole vectors, by the same operations in the same order, then the tail
 * one by one.
 *
 * <p>What the compiler demands: no masks over a whole loop (seen to cost a factor of 6); constants made where they are
 * used, which it keeps in registers (vectors in fields are loaded anew, for all it knows after every store); and no methods
 * of ours that take or return vectors, not even tiny ones (a test forbids them): past a certain length of the whole only the
 * vector classes' own methods are still inlined, and a call that is not inlined boxes vectors.
 */
final class FloatVectorFunctions {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private static final int EXPONENT_SHIFT = FloatFunctions.EXPONENT_SHIFT;
    private static final int EXPONENT_BIAS = FloatFunctions.EXPONENT_BIAS;
    private static final int MANTISSA = FloatFunctions.MANTISSA;
    private static final int SQRT_HALF_BITS = FloatFunctions.SQRT_HALF_BITS;
    private static final int LOG_ROUNDER_BITS = Float.floatToRawIntBits(FloatFunctions.ROUNDER);
    /** Leaves n plus twice the exponent's bias in the low bits: each half of it is a biased exponent. An even shift. */
    private static final float ROUNDER = FloatFunctions.ROUNDER + 2 * EXPONENT_BIAS;

    private static final float HIGHEST = FloatFunctions.EXPONENTIAL_HIGHEST;
    private static final float LOWEST = FloatFunctions.EXPONENTIAL_LOWEST;

    private FloatVectorFunctions() {}

    /** e^x. */
    static void exponential(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector clamped = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW),
                    n.fma(FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH), clamped));
            FloatVector q = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4)
                    .fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0));
            IntVector whole = rounded.reinterpretAsInts();
            IntVector half = whole.lanewise(VectorOperators.LSHR, 1);
            IntVector rest = whole.sub(half);
            FloatVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector power = q.fma(r, FloatVector.broadcast(SPECIES, 1)).fma(r, FloatVector.broadcast(SPECIES, 1));
            FloatVector e = power.mul(first).mul(second);
            e.intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = FloatFunctions.exponential(a[aOffset + i]);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector down = x.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
            FloatVector clamped = down.blend(LOWEST, down.compare(VectorOperators.LT, LOWEST));
            FloatVector rounded = clamped.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW),
                    n.fma(FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH), clamped));
            FloatVector q = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4)
                    .fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0));
            IntVector whole = rounded.reinterpretAsInts();
            IntVector half = whole.lanewise(VectorOperators.LSHR, 1);
            IntVector rest = whole.sub(half);
            FloatVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector power = q.fma(r, FloatVector.broadcast(SPECIES, 1)).fma(r, FloatVector.broadcast(SPECIES, 1));
            FloatVector e = power.mul(first).mul(second);
            FloatVector minusNumerator = e.neg().blend(-1, x.compare(VectorOperators.GE, 0));
            FloatVector denominator = e.add(1);
            FloatVector minusInverse = FloatVector.broadcast(SPECIES, -1).div(denominator);
            FloatVector quotient = minusNumerator.mul(minusInverse);
            FloatVector surplus = quotient.fma(e, quotient.add(minusNumerator));
            surplus.fma(minusInverse, quotient).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = FloatFunctions.sigmoid(a[aOffset + i]);
        }
    }

    /** Natural logarithm. */
    static void logarithm(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            var subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = x.blend(x.mul(FloatFunctions.LIFT), subnormal)
                    .reinterpretAsInts()
                    .add(FloatFunctions.ONE_BITS - SQRT_HALF_BITS);
            FloatVector n = bits.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT)
                    .add(LOG_ROUNDER_BITS)
                    .reinterpretAsFloats()
                    .sub(FloatFunctions.ROUNDER)
                    .sub(FloatVector.broadcast(SPECIES, FloatFunctions.BIAS)
                            .blend(FloatFunctions.LIFTED_BIAS, subnormal));
            FloatVector f =
                    bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
            FloatVector s = f.div(f.add(2));
            FloatVector z = s.mul(s);
            FloatVector p = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_3)
                    .fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.LOG_2));
            p = p.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.LOG_1));
            p = p.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.LOG_0));
            FloatVector square = f.mul(FloatFunctions.HALF).mul(f);
            FloatVector low = s.fma(p.fma(z, square), n.mul(FloatFunctions.LN2_LOW));
            FloatVector result = n.fma(FloatVector.broadcast(SPECIES, FloatFunctions.LN2_HIGH), f.sub(square.sub(low)));
            x.blend(result, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY))
                    .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                    .blend(Float.NaN, x.compare(VectorOperators.LT, 0))
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = FloatFunctions.logarithm(a[aOffset + i]);
        }
    }

    static void tanh(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector size = x.abs();
            FloatVector z = size.mul(size);
            FloatVector p = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_4)
                    .fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.TANH_3));
            p = p.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.TANH_2));
            p = p.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.TANH_1));
            p = p.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.TANH_0));
            FloatVector near = p.mul(z).fma(size, size);
            FloatVector twice = size.add(size);
            FloatVector clamped = twice.blend(HIGHEST, twice.compare(VectorOperators.GT, HIGHEST));
            FloatVector rounded = clamped.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW),
                    n.fma(FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH), clamped));
            FloatVector q = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4)
                    .fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0));
            IntVector exponent =
                    rounded.reinterpretAsInts().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            FloatVector e = q.fma(r, FloatVector.broadcast(SPECIES, 1))
                    .fma(r, FloatVector.broadcast(SPECIES, 1))
                    .mul(exponent.reinterpretAsFloats());
            FloatVector far = FloatVector.broadcast(SPECIES, 1)
                    .sub(FloatVector.broadcast(SPECIES, 2).div(e.add(1)));
            far.blend(near, size.compare(VectorOperators.LT, FloatFunctions.TANH_SPLIT))
                    .reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = FloatFunctions.tanh(a[aOffset + i]);
        }
    }

    static void errorFunction(float[] a, int aOffset, float[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
            FloatVector size = x.abs();
            FloatVector z = size.mul(size);
            FloatVector near = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_5)
                    .fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_4));
            near = near.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_3));
            near = near.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_2));
            near = near.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_1));
            near = near.fma(z, FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_0));
            near = near.fma(size, size);
            FloatVector limited =
                    size.blend(FloatFunctions.ERF_ONE, size.compare(VectorOperators.GT, FloatFunctions.ERF_ONE));
            FloatVector down = FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_7)
                    .fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_6));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_5));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_4));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_3));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_2));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_1));
            down = down.fma(limited, FloatVector.broadcast(SPECIES, -FloatFunctions.ERF_FAR_0));
            FloatVector rounded = down.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector n = rounded.sub(ROUNDER);
            FloatVector r = n.fma(
                    FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW),
                    n.fma(FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH), down));
            FloatVector q = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4)
                    .fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0));
            IntVector exponent =
                    rounded.reinterpretAsInts().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            FloatVector e = q.fma(r, FloatVector.broadcast(SPECIES, 1))
                    .fma(r, FloatVector.broadcast(SPECIES, 1))
                    .mul(exponent.reinterpretAsFloats());
            FloatVector.broadcast(SPECIES, 1)
                    .sub(e)
                    .blend(near, size.compare(VectorOperators.LT, FloatFunctions.ERF_SPLIT))
                    .reinterpretAsInts()
                    .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
                    .reinterpretAsFloats()
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = FloatFunctions.errorFunction(a[aOffset + i]);
        }
    }
}
