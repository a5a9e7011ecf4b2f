package io.orrery.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoubleFunctions} over stretches of arrays, in vectors: the same operations in the same order. Masked throughout,
 * absent lanes computing with 0.
 *
 * <p>What the compiler demands: constants are vectors made once (a broadcast in a loop costs it hundreds of nodes); a loop
 * has at most about 45 operations, so that tanh and erf come as two loops, the first marking by size what is left to the
 * second; and exp is written out in each loop, since a call that the compiler decides not to inline would box vectors.
 */
final class DoubleVectorFunctions {
    private static final VectorSpecies<Double> SPECIES = VectorWidth.doubleSpecies();
    private static final int LANES = SPECIES.length();
    /** Functions of two loops work on stretches that stay in the nearest cache between them. */
    private static final int STRETCH = 1024;

    private static final int EXPONENT_SHIFT = DoubleFunctions.EXPONENT_SHIFT;
    private static final int EXPONENT_BIAS = DoubleFunctions.EXPONENT_BIAS;
    private static final long MANTISSA = DoubleFunctions.MANTISSA;
    private static final long SQRT_HALF_BITS = DoubleFunctions.SQRT_HALF_BITS;
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(DoubleFunctions.ROUNDER);
    private static final double HIGHEST = DoubleFunctions.EXPONENTIAL_HIGHEST;
    private static final double LOWEST = DoubleFunctions.EXPONENTIAL_LOWEST;
    private static final double ZERO = 0;
    private static final DoubleVector LOG2_E = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG2_E);
    private static final DoubleVector ROUNDER = DoubleVector.broadcast(SPECIES, DoubleFunctions.ROUNDER);
    private static final DoubleVector MINUS_REDUCE_HIGH =
            DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_HIGH);
    private static final DoubleVector MINUS_REDUCE_LOW =
            DoubleVector.broadcast(SPECIES, DoubleFunctions.MINUS_REDUCE_LOW);
    private static final DoubleVector HALF = DoubleVector.broadcast(SPECIES, DoubleFunctions.HALF);
    private static final DoubleVector LN2_HIGH = DoubleVector.broadcast(SPECIES, DoubleFunctions.LN2_HIGH);
    private static final DoubleVector LN2_LOW = DoubleVector.broadcast(SPECIES, DoubleFunctions.LN2_LOW);
    private static final DoubleVector BIAS = DoubleVector.broadcast(SPECIES, DoubleFunctions.BIAS);
    private static final DoubleVector ONE = DoubleVector.broadcast(SPECIES, DoubleFunctions.ONE);
    private static final DoubleVector TWO = DoubleVector.broadcast(SPECIES, DoubleFunctions.TWO);
    private static final DoubleVector EXP_0 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_0);
    private static final DoubleVector EXP_1 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_1);
    private static final DoubleVector EXP_2 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_2);
    private static final DoubleVector EXP_3 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_3);
    private static final DoubleVector EXP_4 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_4);
    private static final DoubleVector EXP_5 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_5);
    private static final DoubleVector EXP_6 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_6);
    private static final DoubleVector EXP_7 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_7);
    private static final DoubleVector EXP_8 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_8);
    private static final DoubleVector EXP_9 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_9);
    private static final DoubleVector EXP_10 = DoubleVector.broadcast(SPECIES, DoubleFunctions.EXP_10);
    private static final DoubleVector LOG_0 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_0);
    private static final DoubleVector LOG_1 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_1);
    private static final DoubleVector LOG_2 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_2);
    private static final DoubleVector LOG_3 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_3);
    private static final DoubleVector LOG_4 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_4);
    private static final DoubleVector LOG_5 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_5);
    private static final DoubleVector LOG_6 = DoubleVector.broadcast(SPECIES, DoubleFunctions.LOG_6);
    private static final DoubleVector TANH_0 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_0);
    private static final DoubleVector TANH_1 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_1);
    private static final DoubleVector TANH_2 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_2);
    private static final DoubleVector TANH_3 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_3);
    private static final DoubleVector TANH_4 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_4);
    private static final DoubleVector TANH_5 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_5);
    private static final DoubleVector TANH_6 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_6);
    private static final DoubleVector TANH_7 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_7);
    private static final DoubleVector TANH_8 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_8);
    private static final DoubleVector TANH_9 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_9);
    private static final DoubleVector TANH_10 = DoubleVector.broadcast(SPECIES, DoubleFunctions.TANH_10);
    private static final DoubleVector ERF_NEAR_0 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_0);
    private static final DoubleVector ERF_NEAR_1 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_1);
    private static final DoubleVector ERF_NEAR_2 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_2);
    private static final DoubleVector ERF_NEAR_3 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_3);
    private static final DoubleVector ERF_NEAR_4 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_4);
    private static final DoubleVector ERF_NEAR_5 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_5);
    private static final DoubleVector ERF_NEAR_6 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_6);
    private static final DoubleVector ERF_NEAR_7 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_7);
    private static final DoubleVector ERF_NEAR_8 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_8);
    private static final DoubleVector ERF_NEAR_9 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_9);
    private static final DoubleVector ERF_NEAR_10 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_10);
    private static final DoubleVector ERF_NEAR_11 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_11);
    private static final DoubleVector ERF_NEAR_12 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_NEAR_12);
    private static final DoubleVector ERF_FAR_0 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_0);
    private static final DoubleVector ERF_FAR_1 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_1);
    private static final DoubleVector ERF_FAR_2 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_2);
    private static final DoubleVector ERF_FAR_3 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_3);
    private static final DoubleVector ERF_FAR_4 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_4);
    private static final DoubleVector ERF_FAR_5 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_5);
    private static final DoubleVector ERF_FAR_6 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_6);
    private static final DoubleVector ERF_FAR_7 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_7);
    private static final DoubleVector ERF_FAR_8 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_8);
    private static final DoubleVector ERF_FAR_9 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_9);
    private static final DoubleVector ERF_FAR_10 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_10);
    private static final DoubleVector ERF_FAR_11 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_11);
    private static final DoubleVector ERF_FAR_12 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_12);
    private static final DoubleVector ERF_FAR_13 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_13);
    private static final DoubleVector ERF_FAR_14 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_14);
    private static final DoubleVector ERF_FAR_15 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_15);
    private static final DoubleVector ERF_FAR_16 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_16);
    private static final DoubleVector ERF_FAR_17 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_17);
    private static final DoubleVector ERF_FAR_18 = DoubleVector.broadcast(SPECIES, DoubleFunctions.ERF_FAR_18);

    private DoubleVectorFunctions() {}

    static void tanh(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int start = 0; start < length; start += STRETCH) {
            int stretch = Math.min(STRETCH, length - start);
            tanhNear(a, aOffset + start, out, outOffset + start, stretch);
            tanhFar(out, outOffset + start, out, outOffset + start, stretch);
        }
    }

    static void errorFunction(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int start = 0; start < length; start += STRETCH) {
            int stretch = Math.min(STRETCH, length - start);
            errorPolynomials(a, aOffset + start, out, outOffset + start, stretch);
            errorExponential(out, outOffset + start, out, outOffset + start, stretch);
        }
    }

    /** e^x. */
    static void exponential(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector clamped = x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(LOG2_E, ROUNDER);
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            DoubleVector q = EXP_10.fma(r, EXP_9);
            q = q.fma(r, EXP_8);
            q = q.fma(r, EXP_7);
            q = q.fma(r, EXP_6);
            q = q.fma(r, EXP_5);
            q = q.fma(r, EXP_4);
            q = q.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            LongVector half = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            LongVector rest = rounded.reinterpretAsLongs().sub(half);
            DoubleVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles());
            e.intoArray(out, outOffset + i, present);
        }
    }

    /** 1 / (1 + e^-x). */
    static void sigmoid(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector down = x.abs().neg();
            DoubleVector clamped = down.blend(HIGHEST, down.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(LOG2_E, ROUNDER);
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            DoubleVector q = EXP_10.fma(r, EXP_9);
            q = q.fma(r, EXP_8);
            q = q.fma(r, EXP_7);
            q = q.fma(r, EXP_6);
            q = q.fma(r, EXP_5);
            q = q.fma(r, EXP_4);
            q = q.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            LongVector half = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            LongVector rest = rounded.reinterpretAsLongs().sub(half);
            DoubleVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles());
            var right = x.compare(VectorOperators.GE, ZERO);
            DoubleVector numerator = e.blend(ONE, right);
            DoubleVector denominator = e.add(ONE);
            DoubleVector lost = e.sub(denominator.sub(ONE));
            DoubleVector quotient = numerator.div(denominator);
            DoubleVector minus = quotient.neg();
            DoubleVector left = minus.fma(lost, minus.fma(denominator, numerator));
            left.fma(minus.add(ONE).blend(quotient, right), quotient).intoArray(out, outOffset + i, present);
        }
    }

    /** Natural logarithm. */
    static void logarithm(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            var subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
            LongVector bits = x.blend(x.mul(DoubleFunctions.LIFT), subnormal)
                    .reinterpretAsLongs()
                    .add(DoubleFunctions.ONE_BITS - SQRT_HALF_BITS);
            DoubleVector n = bits.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT)
                    .add(ROUNDER_BITS)
                    .reinterpretAsDoubles()
                    .sub(ROUNDER)
                    .sub(BIAS.blend(DoubleFunctions.LIFTED_BIAS, subnormal));
            DoubleVector f = bits.and(MANTISSA)
                    .add(SQRT_HALF_BITS)
                    .reinterpretAsDoubles()
                    .sub(ONE);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector z = s.mul(s);
            DoubleVector p = LOG_6.fma(z, LOG_5);
            p = p.fma(z, LOG_4);
            p = p.fma(z, LOG_3);
            p = p.fma(z, LOG_2);
            p = p.fma(z, LOG_1);
            p = p.fma(z, LOG_0);
            DoubleVector square = f.mul(HALF).mul(f);
            DoubleVector low = s.fma(p.fma(z, square), n.mul(LN2_LOW));
            DoubleVector result = n.fma(LN2_HIGH, f.sub(square.sub(low)));
            x.blend(result, x.compare(VectorOperators.LT, Double.POSITIVE_INFINITY))
                    .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                    .blend(Double.NaN, x.compare(VectorOperators.LT, ZERO))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** First half of tanh: results below TANH_SPLIT, which are below 0.56; other elements pass. */
    private static void tanhNear(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector p = TANH_10.fma(z, TANH_9);
            p = p.fma(z, TANH_8);
            p = p.fma(z, TANH_7);
            p = p.fma(z, TANH_6);
            p = p.fma(z, TANH_5);
            p = p.fma(z, TANH_4);
            p = p.fma(z, TANH_3);
            p = p.fma(z, TANH_2);
            p = p.fma(z, TANH_1);
            p = p.fma(z, TANH_0);
            DoubleVector near = p.mul(z).fma(size, size);
            DoubleVector signed = near.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.LT, DoubleFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** Second half of tanh: what the first half let pass. */
    private static void tanhFar(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector size = x.abs();
            DoubleVector twice = size.add(size);
            DoubleVector clamped = twice.blend(HIGHEST, twice.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(LOG2_E, ROUNDER);
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            DoubleVector q = EXP_10.fma(r, EXP_9);
            q = q.fma(r, EXP_8);
            q = q.fma(r, EXP_7);
            q = q.fma(r, EXP_6);
            q = q.fma(r, EXP_5);
            q = q.fma(r, EXP_4);
            q = q.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            LongVector half = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            LongVector rest = rounded.reinterpretAsLongs().sub(half);
            DoubleVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles());
            DoubleVector far = ONE.sub(TWO.div(e.add(ONE)));
            DoubleVector signed = far.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.GE, DoubleFunctions.TANH_SPLIT))
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** First half of erf: results below ERF_SPLIT, which are below 0.85; elsewhere -log(1 - erf), which is above 1.6. */
    private static void errorPolynomials(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector size = x.abs();
            DoubleVector z = size.mul(size);
            DoubleVector near = ERF_NEAR_12.fma(z, ERF_NEAR_11);
            near = near.fma(z, ERF_NEAR_10);
            near = near.fma(z, ERF_NEAR_9);
            near = near.fma(z, ERF_NEAR_8);
            near = near.fma(z, ERF_NEAR_7);
            near = near.fma(z, ERF_NEAR_6);
            near = near.fma(z, ERF_NEAR_5);
            near = near.fma(z, ERF_NEAR_4);
            near = near.fma(z, ERF_NEAR_3);
            near = near.fma(z, ERF_NEAR_2);
            near = near.fma(z, ERF_NEAR_1);
            near = near.fma(z, ERF_NEAR_0);
            near = near.fma(size, size);
            DoubleVector limited =
                    size.blend(DoubleFunctions.ERF_ONE, size.compare(VectorOperators.GT, DoubleFunctions.ERF_ONE));
            DoubleVector far = ERF_FAR_18.fma(limited, ERF_FAR_17);
            far = far.fma(limited, ERF_FAR_16);
            far = far.fma(limited, ERF_FAR_15);
            far = far.fma(limited, ERF_FAR_14);
            far = far.fma(limited, ERF_FAR_13);
            far = far.fma(limited, ERF_FAR_12);
            far = far.fma(limited, ERF_FAR_11);
            far = far.fma(limited, ERF_FAR_10);
            far = far.fma(limited, ERF_FAR_9);
            far = far.fma(limited, ERF_FAR_8);
            far = far.fma(limited, ERF_FAR_7);
            far = far.fma(limited, ERF_FAR_6);
            far = far.fma(limited, ERF_FAR_5);
            far = far.fma(limited, ERF_FAR_4);
            far = far.fma(limited, ERF_FAR_3);
            far = far.fma(limited, ERF_FAR_2);
            far = far.fma(limited, ERF_FAR_1);
            far = far.fma(limited, ERF_FAR_0);
            DoubleVector chosen = far.blend(near, size.compare(VectorOperators.LT, DoubleFunctions.ERF_SPLIT));
            chosen.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(out, outOffset + i, present);
        }
    }

    /** Second half of erf: from -log(1 - erf). */
    private static void errorExponential(double[] a, int aOffset, double[] out, int outOffset, int length) {
        for (int i = 0; i < length; i += LANES) {
            var present = SPECIES.indexInRange(i, length);
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aOffset + i, present);
            DoubleVector size = x.abs();
            DoubleVector down = size.neg();
            DoubleVector clamped = down.blend(HIGHEST, down.compare(VectorOperators.GT, HIGHEST));
            clamped = clamped.blend(LOWEST, clamped.compare(VectorOperators.LT, LOWEST));
            DoubleVector rounded = clamped.fma(LOG2_E, ROUNDER);
            DoubleVector n = rounded.sub(ROUNDER);
            DoubleVector r = n.fma(MINUS_REDUCE_LOW, n.fma(MINUS_REDUCE_HIGH, clamped));
            DoubleVector q = EXP_10.fma(r, EXP_9);
            q = q.fma(r, EXP_8);
            q = q.fma(r, EXP_7);
            q = q.fma(r, EXP_6);
            q = q.fma(r, EXP_5);
            q = q.fma(r, EXP_4);
            q = q.fma(r, EXP_3);
            q = q.fma(r, EXP_2);
            q = q.fma(r, EXP_1);
            q = q.fma(r, EXP_0);
            LongVector half = n.fma(HALF, ROUNDER).reinterpretAsLongs();
            LongVector rest = rounded.reinterpretAsLongs().sub(half);
            DoubleVector e = q.fma(r.mul(r), r)
                    .add(ONE)
                    .mul(half.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles())
                    .mul(rest.add(EXPONENT_BIAS)
                            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                            .reinterpretAsDoubles());
            DoubleVector far = ONE.sub(e);
            DoubleVector signed = far.reinterpretAsLongs()
                    .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles();
            x.blend(signed, size.compare(VectorOperators.GT, DoubleFunctions.ERF_BETWEEN))
                    .intoArray(out, outOffset + i, present);
        }
    }
}
