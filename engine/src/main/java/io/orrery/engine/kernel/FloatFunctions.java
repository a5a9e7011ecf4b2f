package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transcendental functions in single precision, each as a scalar and as a vector of the same bits: fused
 * multiply-adds, divisions, comparisons and bit operations only, in the same order. Within 2 ulp of the exact value
 * everywhere, subnormal results included. The compiler gives up on a method of more than about 45 vector operations, so tanh
 * and erf come as two halves, each for a loop of its own; the first marks by size what the second has to do.
 *
 * <p>The polynomials of exp, tanh are minimax fits (Remez exchange, weighted by the function's own size). Logarithm: the scheme
 * of fdlibm's e_logf.c (Sun Microsystems, 1993). Error function: the two fits of N. Juffa (2012).
 */
final class FloatFunctions {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();

    /** Adding it rounds to an integer, which then stands in the low bits. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int EXPONENT_SHIFT = 23;
    private static final int EXPONENT_BIAS = 127;

    /** exp is infinite above. */
    private static final float EXPONENTIAL_HIGHEST = 89f;
    /** exp is 0 below. */
    private static final float EXPONENTIAL_LOWEST = -104.5f;

    private static final float LOG2_E = 1.44269504f;
    /** -ln 2 in two parts; n times the first is exact. */
    private static final float MINUS_REDUCE_HIGH = -0x1.62e4p-1f;

    private static final float MINUS_REDUCE_LOW = -1.42860677e-6f;

    private static final float LN2_HIGH = 0.693138123f;
    private static final float LN2_LOW = 9.05800061e-6f;
    /** Lifts subnormal numbers to normal ones. */
    private static final float LIFT = 0x1p25f;

    private static final float BIAS = EXPONENT_BIAS;
    private static final float LIFTED_BIAS = EXPONENT_BIAS + 25;
    private static final float ZERO = 0;
    private static final float ONE = 1;
    private static final float TWO = 2;
    private static final float HALF = 0.5f;
    private static final int ONE_BITS = 0x3f800000;
    private static final int SQRT_HALF_BITS = 0x3f3504f3;
    private static final int MANTISSA = 0x007fffff;

    private static final float TANH_SPLIT = 0.625f;
    private static final float ERF_SPLIT = 0.927734375f;
    /** Tells the two kinds of the first half's results apart. */
    private static final float ERF_BETWEEN = 1.25f;
    /** erf rounds to 1 from here on. */
    private static final float ERF_ONE = 4f;

    /** (e^r - 1 - r) / r^2 for |r| up to ln(2) / 2, coefficients of rising powers. */
    private static final float EXP_0 = 0.5f;

    private static final float EXP_1 = 0.16666518171116102f;
    private static final float EXP_2 = 0.041666204070421589f;
    private static final float EXP_3 = 0.0083689698573827909f;
    private static final float EXP_4 = 0.0013950603684042236f;

    /** fdlibm: log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R), R / s^2 in powers of s^2. */
    private static final float LOG_0 = 0xaaaaaa.0p-24f;

    private static final float LOG_1 = 0xccce13.0p-25f;
    private static final float LOG_2 = 0x91e9ee.0p-25f;
    private static final float LOG_3 = 0xf89e26.0p-26f;

    /** (tanh(x) / x - 1) / x^2 in powers of x^2, x up to 0.625. */
    private static final float TANH_0 = -0.33333279602780664f;

    private static final float TANH_1 = 0.13331355084205136f;
    private static final float TANH_2 = -0.053730983808718388f;
    private static final float TANH_3 = 0.020606805189493667f;
    private static final float TANH_4 = -0.0056654063123472147f;

    /** erf(x) / x - 1 in powers of x^2. */
    private static final float ERF_NEAR_0 = 0.128379166f;

    private static final float ERF_NEAR_1 = -0.376125336f;
    private static final float ERF_NEAR_2 = 0.112819925f;
    private static final float ERF_NEAR_3 = -0.0267681349f;
    private static final float ERF_NEAR_4 = 0.00499119423f;
    private static final float ERF_NEAR_5 = -0.000596761703f;

    /** -log(1 - erf(x)) in powers of x. */
    private static final float ERF_FAR_0 = 0f;

    private static final float ERF_FAR_1 = 1.128717512f;
    private static final float ERF_FAR_2 = 0.634846687f;
    private static final float ERF_FAR_3 = 0.106777877f;
    private static final float ERF_FAR_4 = -0.0242546219f;
    private static final float ERF_FAR_5 = 0.00388396438f;
    private static final float ERF_FAR_6 = -0.000383197126f;
    private static final float ERF_FAR_7 = 0.0000172853470f;

    private FloatFunctions() {}

    /** The constants in every lane. Made once: a broadcast in the code costs the compiler hundreds of nodes. */
    private static final class All {
        static final FloatVector LOG2_E = FloatVector.broadcast(SPECIES, FloatFunctions.LOG2_E);
        static final FloatVector ROUNDER = FloatVector.broadcast(SPECIES, FloatFunctions.ROUNDER);
        static final FloatVector MINUS_REDUCE_HIGH = FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_HIGH);
        static final FloatVector MINUS_REDUCE_LOW = FloatVector.broadcast(SPECIES, FloatFunctions.MINUS_REDUCE_LOW);
        static final FloatVector HALF = FloatVector.broadcast(SPECIES, FloatFunctions.HALF);
        static final FloatVector LN2_HIGH = FloatVector.broadcast(SPECIES, FloatFunctions.LN2_HIGH);
        static final FloatVector BIAS = FloatVector.broadcast(SPECIES, FloatFunctions.BIAS);
        static final FloatVector ONE = FloatVector.broadcast(SPECIES, FloatFunctions.ONE);
        static final FloatVector TWO = FloatVector.broadcast(SPECIES, FloatFunctions.TWO);
        static final FloatVector EXP_0 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_0);
        static final FloatVector EXP_1 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_1);
        static final FloatVector EXP_2 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_2);
        static final FloatVector EXP_3 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_3);
        static final FloatVector EXP_4 = FloatVector.broadcast(SPECIES, FloatFunctions.EXP_4);
        static final FloatVector LOG_0 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_0);
        static final FloatVector LOG_1 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_1);
        static final FloatVector LOG_2 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_2);
        static final FloatVector LOG_3 = FloatVector.broadcast(SPECIES, FloatFunctions.LOG_3);
        static final FloatVector TANH_0 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_0);
        static final FloatVector TANH_1 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_1);
        static final FloatVector TANH_2 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_2);
        static final FloatVector TANH_3 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_3);
        static final FloatVector TANH_4 = FloatVector.broadcast(SPECIES, FloatFunctions.TANH_4);
        static final FloatVector ERF_NEAR_0 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_0);
        static final FloatVector ERF_NEAR_1 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_1);
        static final FloatVector ERF_NEAR_2 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_2);
        static final FloatVector ERF_NEAR_3 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_3);
        static final FloatVector ERF_NEAR_4 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_4);
        static final FloatVector ERF_NEAR_5 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_NEAR_5);
        static final FloatVector ERF_FAR_0 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_0);
        static final FloatVector ERF_FAR_1 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_1);
        static final FloatVector ERF_FAR_2 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_2);
        static final FloatVector ERF_FAR_3 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_3);
        static final FloatVector ERF_FAR_4 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_4);
        static final FloatVector ERF_FAR_5 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_5);
        static final FloatVector ERF_FAR_6 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_6);
        static final FloatVector ERF_FAR_7 = FloatVector.broadcast(SPECIES, FloatFunctions.ERF_FAR_7);

        private All() {}
    }

    /**
     * e^x: x = n ln 2 + r, e^r = 1 + r + r^2 q(r), then 2^n in two steps, as two factors so that subnormal
     * results round once.
     */
    static float exponential(float x) {
        float clamped = x > EXPONENTIAL_HIGHEST ? EXPONENTIAL_HIGHEST : x < EXPONENTIAL_LOWEST ? EXPONENTIAL_LOWEST : x;
        float rounded = Math.fma(clamped, LOG2_E, ROUNDER);
        float n = rounded - ROUNDER;
        float r = Math.fma(n, MINUS_REDUCE_LOW, Math.fma(n, MINUS_REDUCE_HIGH, clamped));
        float q = EXP_4;
        q = Math.fma(q, r, EXP_3);
        q = Math.fma(q, r, EXP_2);
        q = Math.fma(q, r, EXP_1);
        q = Math.fma(q, r, EXP_0);
        float power = 1 + Math.fma(q, r * r, r);
        int whole = Float.floatToRawIntBits(rounded);
        int half = Float.floatToRawIntBits(Math.fma(n, HALF, ROUNDER));
        return power * powerOfTwo(half) * powerOfTwo(whole - half);
    }

    static FloatVector exponential(FloatVector x) {
        FloatVector clamped = x.blend(EXPONENTIAL_HIGHEST, x.compare(VectorOperators.GT, EXPONENTIAL_HIGHEST))
                .blend(EXPONENTIAL_LOWEST, x.compare(VectorOperators.LT, EXPONENTIAL_LOWEST));
        FloatVector rounded = clamped.fma(All.LOG2_E, All.ROUNDER);
        FloatVector n = rounded.sub(All.ROUNDER);
        FloatVector r = n.fma(All.MINUS_REDUCE_LOW, n.fma(All.MINUS_REDUCE_HIGH, clamped));
        FloatVector q = All.EXP_4.fma(r, All.EXP_3);
        q = q.fma(r, All.EXP_2);
        q = q.fma(r, All.EXP_1);
        q = q.fma(r, All.EXP_0);
        FloatVector power = q.fma(r.mul(r), r).add(All.ONE);
        IntVector whole = rounded.reinterpretAsInts();
        IntVector half = n.fma(All.HALF, All.ROUNDER).reinterpretAsInts();
        return power.mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half)));
    }

    /** 2^n; only the low bits of n count, those that an exponent has. */
    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + EXPONENT_BIAS) << EXPONENT_SHIFT);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(EXPONENT_BIAS)
                .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                .reinterpretAsFloats();
    }

    /** Natural logarithm: x = 2^n (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), and a polynomial in s = f / (2 + f). */
    static float logarithm(float x) {
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * LIFT : x) + (ONE_BITS - SQRT_HALF_BITS);
        float biased = Float.intBitsToFloat((bits >>> EXPONENT_SHIFT) + Float.floatToRawIntBits(ROUNDER)) - ROUNDER;
        float n = biased - (subnormal ? LIFTED_BIAS : BIAS);
        float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
        float s = f / (2 + f);
        float z = s * s;
        float p = LOG_3;
        p = Math.fma(p, z, LOG_2);
        p = Math.fma(p, z, LOG_1);
        p = Math.fma(p, z, LOG_0);
        float square = HALF * f * f;
        float low = Math.fma(s, Math.fma(p, z, square), n * LN2_LOW);
        float result = Math.fma(n, LN2_HIGH, f - (square - low));
        return x < 0 ? Float.NaN : x == 0 ? Float.NEGATIVE_INFINITY : x < Float.POSITIVE_INFINITY ? result : x;
    }

    static FloatVector logarithm(FloatVector x) {
        var subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(LIFT), subnormal).reinterpretAsInts().add(ONE_BITS - SQRT_HALF_BITS);
        FloatVector biased = bits.lanewise(VectorOperators.LSHR, EXPONENT_SHIFT)
                .add(Float.floatToRawIntBits(ROUNDER))
                .reinterpretAsFloats()
                .sub(All.ROUNDER);
        FloatVector n = biased.sub(All.BIAS.blend(LIFTED_BIAS, subnormal));
        FloatVector f =
                bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(All.ONE);
        FloatVector s = f.div(f.add(All.TWO));
        FloatVector z = s.mul(s);
        FloatVector p = All.LOG_3.fma(z, All.LOG_2);
        p = p.fma(z, All.LOG_1);
        p = p.fma(z, All.LOG_0);
        FloatVector square = f.mul(All.HALF).mul(f);
        FloatVector low = s.fma(p.fma(z, square), n.mul(LN2_LOW));
        FloatVector result = n.fma(All.LN2_HIGH, f.sub(square.sub(low)));
        return x.blend(result, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                .blend(Float.NaN, x.compare(VectorOperators.LT, ZERO));
    }

    /** An odd polynomial near 0, 1 - 2 / (e^(2|x|) + 1) elsewhere. */
    static float tanh(float x) {
        float size = Math.abs(x);
        float z = size * size;
        float p = TANH_4;
        p = Math.fma(p, z, TANH_3);
        p = Math.fma(p, z, TANH_2);
        p = Math.fma(p, z, TANH_1);
        p = Math.fma(p, z, TANH_0);
        float near = Math.fma(p * z, size, size);
        float far = 1 - 2 / (exponential(size + size) + 1);
        return Math.copySign(size < TANH_SPLIT ? near : far, x);
    }

    /** First half of tanh: results below TANH_SPLIT, which are below 0.56; other elements pass. */
    static FloatVector tanhNear(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector z = size.mul(size);
        FloatVector p = All.TANH_4.fma(z, All.TANH_3);
        p = p.fma(z, All.TANH_2);
        p = p.fma(z, All.TANH_1);
        p = p.fma(z, All.TANH_0);
        FloatVector near = p.mul(z).fma(size, size);
        return x.blend(copySign(near, x), size.compare(VectorOperators.LT, TANH_SPLIT));
    }

    /** Second half of tanh: what the first half let pass. */
    static FloatVector tanhFar(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector far = All.ONE.sub(All.TWO.div(exponential(size.add(size)).add(All.ONE)));
        return x.blend(copySign(far, x), size.compare(VectorOperators.GE, TANH_SPLIT));
    }

    /**
     * 1 / (1 + e^-x), from e^-|x| so that nothing overflows. One step of Newton's division takes back the roundings of
     * 1 + e and of the quotient.
     */
    static float sigmoid(float x) {
        float e = exponential(-Math.abs(x));
        float numerator = x >= 0 ? 1 : e;
        float denominator = 1 + e;
        float lost = e - (denominator - 1);
        float quotient = numerator / denominator;
        float rest = Math.fma(-quotient, lost, Math.fma(-quotient, denominator, numerator));
        return Math.fma(rest, x >= 0 ? quotient : 1 - quotient, quotient);
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exponential(x.abs().neg());
        var right = x.compare(VectorOperators.GE, ZERO);
        FloatVector numerator = e.blend(ONE, right);
        FloatVector denominator = e.add(All.ONE);
        FloatVector lost = e.sub(denominator.sub(All.ONE));
        FloatVector quotient = numerator.div(denominator);
        FloatVector minus = quotient.neg();
        FloatVector rest = minus.fma(lost, minus.fma(denominator, numerator));
        return rest.fma(minus.add(All.ONE).blend(quotient, right), quotient);
    }

    /** An odd polynomial near 0, 1 - e^-p(|x|) elsewhere. */
    static float errorFunction(float x) {
        float size = Math.abs(x);
        float near = errorNear(size);
        float far = 1 - exponential(-errorFar(size > ERF_ONE ? ERF_ONE : size));
        return Math.copySign(size < ERF_SPLIT ? near : far, x);
    }

    /** First half of erf: results below ERF_SPLIT, which are below 0.85; elsewhere -log(1 - erf), which is above 1.6. */
    static FloatVector errorPolynomials(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector near = errorNear(size);
        FloatVector far = errorFar(size.blend(ERF_ONE, size.compare(VectorOperators.GT, ERF_ONE)));
        return copySign(far.blend(near, size.compare(VectorOperators.LT, ERF_SPLIT)), x);
    }

    /** Second half of erf: from -log(1 - erf). */
    static FloatVector errorExponential(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector far = All.ONE.sub(exponential(size.neg()));
        return x.blend(copySign(far, x), size.compare(VectorOperators.GT, ERF_BETWEEN));
    }

    private static float errorNear(float size) {
        float z = size * size;
        float p = ERF_NEAR_5;
        p = Math.fma(p, z, ERF_NEAR_4);
        p = Math.fma(p, z, ERF_NEAR_3);
        p = Math.fma(p, z, ERF_NEAR_2);
        p = Math.fma(p, z, ERF_NEAR_1);
        p = Math.fma(p, z, ERF_NEAR_0);
        return Math.fma(p, size, size);
    }

    private static FloatVector errorNear(FloatVector size) {
        FloatVector z = size.mul(size);
        FloatVector p = All.ERF_NEAR_5.fma(z, All.ERF_NEAR_4);
        p = p.fma(z, All.ERF_NEAR_3);
        p = p.fma(z, All.ERF_NEAR_2);
        p = p.fma(z, All.ERF_NEAR_1);
        p = p.fma(z, All.ERF_NEAR_0);
        return p.fma(size, size);
    }

    /** -log(1 - erf(size)). */
    private static float errorFar(float size) {
        float p = ERF_FAR_7;
        p = Math.fma(p, size, ERF_FAR_6);
        p = Math.fma(p, size, ERF_FAR_5);
        p = Math.fma(p, size, ERF_FAR_4);
        p = Math.fma(p, size, ERF_FAR_3);
        p = Math.fma(p, size, ERF_FAR_2);
        p = Math.fma(p, size, ERF_FAR_1);
        p = Math.fma(p, size, ERF_FAR_0);
        return p;
    }

    private static FloatVector errorFar(FloatVector size) {
        FloatVector p = All.ERF_FAR_7.fma(size, All.ERF_FAR_6);
        p = p.fma(size, All.ERF_FAR_5);
        p = p.fma(size, All.ERF_FAR_4);
        p = p.fma(size, All.ERF_FAR_3);
        p = p.fma(size, All.ERF_FAR_2);
        p = p.fma(size, All.ERF_FAR_1);
        p = p.fma(size, All.ERF_FAR_0);
        return p;
    }

    private static FloatVector copySign(FloatVector size, FloatVector sign) {
        return size.reinterpretAsInts()
                .or(sign.reinterpretAsInts().and(Integer.MIN_VALUE))
                .reinterpretAsFloats();
    }
}
