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
 * used, which it keeps in registers (vectors in fields are loaded anew, for all it knows after every store); at most about
 * 50 operations in a method, so that sigmoid, tanh and erf come as two or three loops, each telling by sign or size what
 * is left to the next; exp written out in each loop, since a call that the compiler decides not to inline would box
 * vectors; and loops of more than 325 bytes of code, which are compiled on their own: shorter ones are inlined into callers
 * that may become too long (a test counts).
 */
final class DoubleVectorFunctions {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.doubleSpecies();
    private static final int LANES = SPECIES.length();
    /** Functions of several loops work on stretches that stay in the nearest cache between them. */
    private static final int STRETCH = 1024;

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

    private static DoubleVector all(double number) {
        return DoubleVector.broadcast(SPECIES, number);
    }

    /** e^x. */
    static void exponential(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int i = 0;
        for (int end = SPECIES.loopBound(length); i < end; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector clamped = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(all(DoubleFunctions.LOG2_E), all(ROUNDER));
            DoubleVector n = rounded.sub(all(ROUNDER));
            DoubleVector r = n.fma(
                    all(DoubleFunctions.MINUS_REDUCE_LOW), n.fma(all(DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = all(DoubleFunctions.EXP_10).fma(r, all(DoubleFunctions.EXP_9));
            q = q.fma(r, all(DoubleFunctions.EXP_8));
            q = q.fma(r, all(DoubleFunctions.EXP_7));
            q = q.fma(r, all(DoubleFunctions.EXP_6));
            q = q.fma(r, all(DoubleFunctions.EXP_5));
            q = q.fma(r, all(DoubleFunctions.EXP_4));
            q = q.fma(r, all(DoubleFunctions.EXP_3));
            q = q.fma(r, all(DoubleFunctions.EXP_2));
            q = q.fma(r, all(DoubleFunctions.EXP_1));
            q = q.fma(r, all(DoubleFunctions.EXP_0));
            LongVector whole = rounded.reinterpretAsLongs();
            LongVector half = whole.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = whole.sub(half);
            DoubleVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector power = q.fma(r.mul(r), r).add(all(1));
            DoubleVector e = power.mul(first).mul(second);
            e.intoArray(out, outOffset + i);
        }
        for (; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.exponential(a[aOffset + i]);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int end = SPECIES.loopBound(length);
        for (int start = 0; start < end; start += STRETCH) {
            int stretch = Math.min(STRETCH, end - start);
            signedExponential(a, aOffset + start, out, outOffset + start, stretch);
            sigmoidOfExponential(out, outOffset + start, stretch);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.sigmoid(a[aOffset + i]);
        }
    }

    /** First part of the sigmoid: e^-|x| with the sign of x. Whole vectors. */
    private static void signedExponential(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector down = x.reinterpretAsLongs().or(Long.MIN_VALUE).reinterpretAsDoubles();
            DoubleVector clamped = down.blend(LOWEST, down.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(all(DoubleFunctions.LOG2_E), all(ROUNDER));
            DoubleVector n = rounded.sub(all(ROUNDER));
            DoubleVector r = n.fma(
                    all(DoubleFunctions.MINUS_REDUCE_LOW), n.fma(all(DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = all(DoubleFunctions.EXP_10).fma(r, all(DoubleFunctions.EXP_9));
            q = q.fma(r, all(DoubleFunctions.EXP_8));
            q = q.fma(r, all(DoubleFunctions.EXP_7));
            q = q.fma(r, all(DoubleFunctions.EXP_6));
            q = q.fma(r, all(DoubleFunctions.EXP_5));
            q = q.fma(r, all(DoubleFunctions.EXP_4));
            q = q.fma(r, all(DoubleFunctions.EXP_3));
            q = q.fma(r, all(DoubleFunctions.EXP_2));
            q = q.fma(r, all(DoubleFunctions.EXP_1));
            q = q.fma(r, all(DoubleFunctions.EXP_0));
            LongVector whole = rounded.reinterpretAsLongs();
            LongVector half = whole.lanewise(VectorOperators.LSHR, 1);
            LongVector rest = whole.sub(half);
            DoubleVector first =
                    half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector second =
                    rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsDoubles();
            DoubleVector power = q.fma(r.mul(r), r).add(all(1));
            DoubleVector e = power.mul(first).mul(second);
            e.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, outOffset + i);
        }
    }

    /** Second part of the sigmoid: from what the first left. Whole vectors, in place. */
    private static void sigmoidOfExponential(double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector signed = DoubleVector.fromArray(SPECIES, out, outOffset + i);
            DoubleVector e = signed.abs();
            var right =
                    signed.reinterpretAsLongs().compare(VectorOperators.GE, 0).cast(SPECIES);
            DoubleVector minusNumerator = e.neg().blend(-1, right);
            DoubleVector denominator = e.add(all(1));
            DoubleVector lost = e.sub(denominator.sub(all(1)));
            DoubleVector minusInverse = all(-1).div(denominator);
            DoubleVector quotient = minusNumerator.mul(minusInverse);
            DoubleVector surplus = quotient.fma(lost, quotient.fma(denominator, minusNumerator));
            surplus.fma(minusInverse, quotient).intoArray(out, outOffset + i);
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
                    .sub(all(DoubleFunctions.ROUNDER))
                    .sub(all(DoubleFunctions.BIAS).blend(DoubleFunctions.LIFTED_BIAS, subnormal));
            DoubleVector f = bits.and(MANTISSA)
                    .add(SQRT_HALF_BITS)
                    .reinterpretAsDoubles()
                    .sub(all(1));
            DoubleVector s = f.div(f.add(all(2)));
            DoubleVector z = s.mul(s);
            DoubleVector p = all(DoubleFunctions.LOG_6).fma(z, all(DoubleFunctions.LOG_5));
            p = p.fma(z, all(DoubleFunctions.LOG_4));
            p = p.fma(z, all(DoubleFunctions.LOG_3));
            p = p.fma(z, all(DoubleFunctions.LOG_2));
            p = p.fma(z, all(DoubleFunctions.LOG_1));
            p = p.fma(z, all(DoubleFunctions.LOG_0));
            DoubleVector square = f.mul(all(DoubleFunctions.HALF)).mul(f);
            DoubleVector low = s.fma(p.fma(z, square), n.mul(all(DoubleFunctions.LN2_LOW)));
            DoubleVector result = n.fma(all(DoubleFunctions.LN2_HIGH), f.sub(square.sub(low)));
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
        int end = SPECIES.loopBound(length);
        for (int start = 0; start < end; start += STRETCH) {
            int stretch = Math.min(STRETCH, end - start);
            tanhNear(a, aOffset + start, out, outOffset + start, stretch);
            tanhFar(out, outOffset + start, stretch);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.tanh(a[aOffset + i]);
        }
    }

    /** First part of tanh: results below TANH_SPLIT, which are below 0.56; other elements pass. Whole vectors. */
    private static void tanhNear(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector p = all(DoubleFunctions.TANH_10).fma(z, all(DoubleFunctions.TANH_9));
            p = p.fma(z, all(DoubleFunctions.TANH_8));
            p = p.fma(z, all(DoubleFunctions.TANH_7));
            p = p.fma(z, all(DoubleFunctions.TANH_6));
            p = p.fma(z, all(DoubleFunctions.TANH_5));
            p = p.fma(z, all(DoubleFunctions.TANH_4));
            p = p.fma(z, all(DoubleFunctions.TANH_3));
            p = p.fma(z, all(DoubleFunctions.TANH_2));
            p = p.fma(z, all(DoubleFunctions.TANH_1));
            p = p.fma(z, all(DoubleFunctions.TANH_0));
            DoubleVector near = p.mul(z).fma(size, size);
            DoubleVector signed = near.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.LT, DoubleFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i);
        }
    }

    /** Second part of tanh: what the first let pass. Whole vectors, in place. */
    private static void tanhFar(double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, out, outOffset + i);
            DoubleVector size = x.abs();
            DoubleVector twice = size.add(size);
            DoubleVector clamped = twice.blend(HIGHEST, twice.compare(VectorOperators.GT, HIGHEST));
            DoubleVector rounded = clamped.fma(all(DoubleFunctions.LOG2_E), all(ROUNDER));
            DoubleVector n = rounded.sub(all(ROUNDER));
            DoubleVector r = n.fma(
                    all(DoubleFunctions.MINUS_REDUCE_LOW), n.fma(all(DoubleFunctions.MINUS_REDUCE_HIGH), clamped));
            DoubleVector q = all(DoubleFunctions.EXP_10).fma(r, all(DoubleFunctions.EXP_9));
            q = q.fma(r, all(DoubleFunctions.EXP_8));
            q = q.fma(r, all(DoubleFunctions.EXP_7));
            q = q.fma(r, all(DoubleFunctions.EXP_6));
            q = q.fma(r, all(DoubleFunctions.EXP_5));
            q = q.fma(r, all(DoubleFunctions.EXP_4));
            q = q.fma(r, all(DoubleFunctions.EXP_3));
            q = q.fma(r, all(DoubleFunctions.EXP_2));
            q = q.fma(r, all(DoubleFunctions.EXP_1));
            q = q.fma(r, all(DoubleFunctions.EXP_0));
            LongVector exponent =
                    rounded.reinterpretAsLongs().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            DoubleVector e = q.fma(r.mul(r), r).add(all(1)).mul(exponent.reinterpretAsDoubles());
            DoubleVector far = all(1).sub(all(2).div(e.add(all(1))));
            DoubleVector signed = far.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.GE, DoubleFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i);
        }
    }

    static void errorFunction(double[] a, int aOffset, double[] out, int outOffset, int length) {
        int end = SPECIES.loopBound(length);
        for (int start = 0; start < end; start += STRETCH) {
            int stretch = Math.min(STRETCH, end - start);
            errorNear(a, aOffset + start, out, outOffset + start, stretch);
            errorFar(out, outOffset + start, stretch);
            errorExponential(out, outOffset + start, stretch);
        }
        for (int i = end; i < length; i++) {
            out[outOffset + i] = DoubleFunctions.errorFunction(a[aOffset + i]);
        }
    }

    /** First part of erf: results below ERF_SPLIT, which are below 0.85; other elements pass. Whole vectors. */
    private static void errorNear(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector near = all(DoubleFunctions.ERF_NEAR_12).fma(z, all(DoubleFunctions.ERF_NEAR_11));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_10));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_9));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_8));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_7));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_6));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_5));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_4));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_3));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_2));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_1));
            near = near.fma(z, all(DoubleFunctions.ERF_NEAR_0));
            DoubleVector signed = near.fma(size, size)
                    .reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.LT, DoubleFunctions.ERF_SPLIT))
                    .intoArray(out, outOffset + i);
        }
    }

    /** Second part of erf: -log(1 - erf), which is above 1.6, of what the first let pass. Whole vectors, in place. */
    private static void errorFar(double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, out, outOffset + i);
            DoubleVector size = x.abs();
            DoubleVector limited =
                    size.blend(DoubleFunctions.ERF_ONE, size.compare(VectorOperators.GT, DoubleFunctions.ERF_ONE));
            DoubleVector far = all(DoubleFunctions.ERF_FAR_18).fma(limited, all(DoubleFunctions.ERF_FAR_17));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_16));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_15));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_14));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_13));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_12));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_11));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_10));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_9));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_8));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_7));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_6));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_5));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_4));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_3));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_2));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_1));
            far = far.fma(limited, all(DoubleFunctions.ERF_FAR_0));
            DoubleVector signed = far.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.GE, DoubleFunctions.ERF_SPLIT))
                    .intoArray(out, outOffset + i);
        }
    }

    /** Third part of erf: from what the second left. Whole vectors, in place. */
    private static void errorExponential(double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, out, outOffset + i);
            DoubleVector size = x.abs();
            DoubleVector down = size.neg();
            DoubleVector rounded = down.fma(all(DoubleFunctions.LOG2_E), all(ROUNDER));
            DoubleVector n = rounded.sub(all(ROUNDER));
            DoubleVector r =
                    n.fma(all(DoubleFunctions.MINUS_REDUCE_LOW), n.fma(all(DoubleFunctions.MINUS_REDUCE_HIGH), down));
            DoubleVector q = all(DoubleFunctions.EXP_10).fma(r, all(DoubleFunctions.EXP_9));
            q = q.fma(r, all(DoubleFunctions.EXP_8));
            q = q.fma(r, all(DoubleFunctions.EXP_7));
            q = q.fma(r, all(DoubleFunctions.EXP_6));
            q = q.fma(r, all(DoubleFunctions.EXP_5));
            q = q.fma(r, all(DoubleFunctions.EXP_4));
            q = q.fma(r, all(DoubleFunctions.EXP_3));
            q = q.fma(r, all(DoubleFunctions.EXP_2));
            q = q.fma(r, all(DoubleFunctions.EXP_1));
            q = q.fma(r, all(DoubleFunctions.EXP_0));
            LongVector exponent =
                    rounded.reinterpretAsLongs().sub(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
            DoubleVector e = q.fma(r.mul(r), r).add(all(1)).mul(exponent.reinterpretAsDoubles());
            DoubleVector signed = all(1).sub(e)
                    .reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.GT, DoubleFunctions.ERF_BETWEEN))
                    .intoArray(out, outOffset + i);
        }
    }
}
