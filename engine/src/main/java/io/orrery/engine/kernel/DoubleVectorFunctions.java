package io.orrery.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoubleFunctions} over stretches of arrays: whole vectors, by the same operations in the same order, then the tail
 * one by one.
 *
 * <p>What the compiler demands: no masks over a whole loop (seen to cost a factor of 6); constants made where they are
 * used, which it keeps in registers (vectors in fields are loaded anew, for all it knows after every store); and no methods
 * of ours that take or return vectors, not even tiny ones (a test forbids them): past a certain length of the whole only the
 * vector classes' own methods are still inlined, and a call that is not inlined boxes vectors.
 */
final class DoubleVectorFunctions {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.doubleSpecies();
    private static final int LANES = SPECIES.length();

    private static final int EXPONENT_SHIFT = DoubleFunctions.EXPONENT_SHIFT;
    private static final int EXPONENT_BIAS = DoubleFunctions.EXPONENT_BIAS;
    private static final long MANTISSA = DoubleFunctions.MANTISSA;
    private static final long SQRT_HALF_BITS = DoubleFunctions.SQRT_HALF_BITS;
    private static final long LOG_ROUNDER_BITS = Double.doubleToRawLongBits(DoubleFunctions.ROUNDER);
    /** Leaves n plus twice the exponent's bias in the low bits: each half of it is a biased exponent. An even shift. */
    private static final double ROUNDER = DoubleFunctions.ROUNDER + 2 * EXPONENT_BIAS;

    private static final double HIGHEST = DoubleFunctions.EXPONENTIAL_HIGHEST;
    private static final double LOWEST = DoubleFunctions.EXPONENTIAL_LOWEST;

    private DoubleVectorFunctions() {}

    /** e^x. */
    static void exponential(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector clamped = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E), DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_LOW),
                    n.fma(DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_10)
                    .fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_9));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_8));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_7));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_6));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_5));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_4));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_3));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_2));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_1));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_0));
            LongVector whole = rounded.reinterpretAsLongs();
            LongVector half = whole.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = whole.sub(half);
            DoubleVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector power =
                    q.fma(r, DoubleVector.broadcast(SPECIES, 1)).fma(r, DoubleVector.broadcast(SPECIES, 1));
            DoubleVector e = power.mul(first).mul(second);
            e.intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.exponential(a[aOffset + i]);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector down = x.reinterpretAsLongs().or(Long.MIN_VALUE).reinterpretAsDoubles();
            DoubleVector clamped = down.blend(LOWEST, down.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E), DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_LOW),
                    n.fma(DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_10)
                    .fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_9));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_8));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_7));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_6));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_5));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_4));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_3));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_2));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_1));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_0));
            LongVector whole = rounded.reinterpretAsLongs();
            LongVector half = whole.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = whole.sub(half);
            DoubleVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector power =
                    q.fma(r, DoubleVector.broadcast(SPECIES, 1)).fma(r, DoubleVector.broadcast(SPECIES, 1));
            DoubleVector e = power.mul(first).mul(second);
            DoubleVector minusNumerator = e.neg().blend(-1, x.compare(VectorOperators.GE, 0));
            DoubleVector denominator = e.add(1);
            DoubleVector minusInverse = DoubleVector.broadcast(SPECIES, -1).div(denominator);
            DoubleVector quotient = minusNumerator.mul(minusInverse);
            DoubleVector surplus = quotient.fma(e, quotient.add(minusNumerator));
            surplus.fma(minusInverse, quotient).intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.sigmoid(a[aOffset + i]);
        }
    }

    /** Natural logarithm. */
    static void logarithm(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            var subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
            LongVector bits = x.blend(x.mul(DoubleFunctions.LIFT), subnormal)
                    .reinterpretAsLongs()
                    .add(DoubleFunctions.ONE_BITS - SQRT_HALF_BITS);
            DoubleVector n = bits.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT)
                    .add(LOG_ROUNDER_BITS)
                    .reinterpretAsDoubles()
                    .sub(DoubleFunctions.ROUNDER)
                    .sub(DoubleVector.broadcast(SPECIES, DoubleFunctions.BIAS)
                            .blend(DoubleFunctions.LIFTED_BIAS, subnormal));
            DoubleVector f = bits.and(MANTISSA)
                    .add(SQRT_HALF_BITS)
                    .reinterpretAsDoubles()
                    .sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector p = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_6)
                    .fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_5));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_4));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_3));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_2));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_1));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_0));
            DoubleVector square = f.mul(DoubleFunctions.HALF).mul(f);
            DoubleVector low = s.fma(p.fma(z, square), n.mul(DoubleFunctions.LN2_LOW));
            DoubleVector result =
                    n.fma(DoubleVector.broadcast(SPECIES, DoubleFunctions.LN2_HIGH), f.sub(square.sub(low)));
            x.blend(result, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                    .blend(Double.NaN, x.compare(VectorOperators.LT, 0))
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.logarithm(a[aOffset + i]);
        }
    }

    static void tanh(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector p = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_10)
                    .fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_9));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_8));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_7));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_6));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_5));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_4));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_3));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_2));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_1));
            p = p.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_0));
            DoubleVector near = p.mul(z).fma(size, size);
            DoubleVector twice = size.add(size);
            DoubleVector clamped = twice.blend(HIGHEST, twice.compare(VectorOperators.GT, HIGHEST));
            DoubleVector rounded = clamped.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E), DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_LOW),
                    n.fma(DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_10)
                    .fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_9));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_8));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_7));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_6));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_5));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_4));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_3));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_2));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_1));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_0));
            LongVector exponent =
                    rounded.reinterpretAsLongs().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            DoubleVector e = q.fma(r, DoubleVector.broadcast(SPECIES, 1))
                    .fma(r, DoubleVector.broadcast(SPECIES, 1))
                    .mul(exponent.reinterpretAsDoubles());
            DoubleVector far = DoubleVector.broadcast(SPECIES, 1)
                    .sub(DoubleVector.broadcast(SPECIES, 2).div(e.add(1)));
            far.blend(near, size.compare(VectorOperators.LT, DoubleFunctions.TANH_SPLIT))
                    .reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.tanh(a[aOffset + i]);
        }
    }

    static void errorFunction(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector near = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_12)
                    .fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_11));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_10));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_9));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_8));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_7));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_6));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_5));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_4));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_3));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_2));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_1));
            near = near.fma(z, DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_0));
            near = near.fma(size, size);
            DoubleVector limited =
                    size.blend(DoubleFunctions.ERF_ONE, size.compare(VectorOperators.GT, DoubleFunctions.ERF_ONE));
            DoubleVector down = DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_18)
                    .fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_17));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_16));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_15));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_14));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_13));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_12));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_11));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_10));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_9));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_8));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_7));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_6));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_5));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_4));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_3));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_2));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_1));
            down = down.fma(limited, DoubleVector.broadcast(SPECIES, -DoubleFunctions.ERF_FAR_0));
            DoubleVector rounded = down.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E), DoubleVector.broadcast(SPECIES, ROUNDER));
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(
                    DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_LOW),
                    n.fma(DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_HIGH), down));
            DoubleVector q = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_10)
                    .fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_9));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_8));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_7));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_6));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_5));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_4));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_3));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_2));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_1));
            q = q.fma(r, DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_0));
            LongVector exponent =
                    rounded.reinterpretAsLongs().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            DoubleVector e = q.fma(r, DoubleVector.broadcast(SPECIES, 1))
                    .fma(r, DoubleVector.broadcast(SPECIES, 1))
                    .mul(exponent.reinterpretAsDoubles());
            DoubleVector.broadcast(SPECIES, 1)
                    .sub(e)
                    .blend(near, size.compare(VectorOperators.LT, DoubleFunctions.ERF_SPLIT))
                    .reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.errorFunction(a[aOffset + i]);
        }
    }
}
