package io.orrery.engine.kernel;

/**
 * The transcendental functions in single precision, one number at a time; {@link FloatVectorFunctions} has the same bits.
 * Fused multiply-adds, divisions, comparisons and bit operations only. Within 2 ulp of the exact value everywhere,
 * subnormal results included.
 *
 * <p>The polynomials of exp, tanh are minimax fits (Remez exchange, weighted by the function's own size). Logarithm: the scheme
 * of fdlibm's e_logf.c (Sun Microsystems, 1993). Error function: the two fits of N. Juffa (2012).
 */
final class FloatFunctions {
    /** Adding it rounds to an integer, which then stands in the low bits. */
    static final float ROUNDER = 0x1.8p23f;

    static final int EXPONENT_SHIFT = 23;
    static final int EXPONENT_BIAS = 127;

    /** exp is infinite above. */
    static final float EXPONENTIAL_HIGHEST = 89f;
    /** exp is 0 below. */
    static final float EXPONENTIAL_LOWEST = -104.5f;

    static final float LOG2_E = 1.44269504f;
    /** -ln 2 in two parts; n times the first is exact. */
    static final float MINUS_REDUCE_HIGH = -0x1.62e4p-1f;

    static final float MINUS_REDUCE_LOW = -1.42860677e-6f;

    static final float LN2_HIGH = 0.693138123f;
    static final float LN2_LOW = 9.05800061e-6f;
    /** Lifts subnormal numbers to normal ones. */
    static final float LIFT = 0x1p25f;

    static final float BIAS = EXPONENT_BIAS;
    static final float LIFTED_BIAS = EXPONENT_BIAS + 25;
    static final float ZERO = 0;
    static final float ONE = 1;
    static final float TWO = 2;
    static final float HALF = 0.5f;
    static final int ONE_BITS = 0x3f800000;
    static final int SQRT_HALF_BITS = 0x3f3504f3;
    static final int MANTISSA = 0x007fffff;

    static final float TANH_SPLIT = 0.625f;
    static final float ERF_SPLIT = 0.927734375f;
    /** Tells the two kinds of the first half's results apart. */
    static final float ERF_BETWEEN = 1.25f;
    /** erf rounds to 1 from here on. */
    static final float ERF_ONE = 4f;

    /** (e^r - 1 - r) / r^2 for |r| up to ln(2) / 2, coefficients of rising powers. */
    static final float EXP_0 = 0.5f;

    static final float EXP_1 = 0.16666518171116102f;
    static final float EXP_2 = 0.041666204070421589f;
    static final float EXP_3 = 0.0083689698573827909f;
    static final float EXP_4 = 0.0013950603684042236f;

    /** fdlibm: log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R), R / s^2 in powers of s^2. */
    static final float LOG_0 = 0xaaaaaa.0p-24f;

    static final float LOG_1 = 0xccce13.0p-25f;
    static final float LOG_2 = 0x91e9ee.0p-25f;
    static final float LOG_3 = 0xf89e26.0p-26f;

    /** (tanh(x) / x - 1) / x^2 in powers of x^2, x up to 0.625. */
    static final float TANH_0 = -0.33333279602780664f;

    static final float TANH_1 = 0.13331355084205136f;
    static final float TANH_2 = -0.053730983808718388f;
    static final float TANH_3 = 0.020606805189493667f;
    static final float TANH_4 = -0.0056654063123472147f;

    /** erf(x) / x - 1 in powers of x^2. */
    static final float ERF_NEAR_0 = 0.128379166f;

    static final float ERF_NEAR_1 = -0.376125336f;
    static final float ERF_NEAR_2 = 0.112819925f;
    static final float ERF_NEAR_3 = -0.0267681349f;
    static final float ERF_NEAR_4 = 0.00499119423f;
    static final float ERF_NEAR_5 = -0.000596761703f;

    /** -log(1 - erf(x)) in powers of x. */
    static final float ERF_FAR_0 = 0f;

    static final float ERF_FAR_1 = 1.128717512f;
    static final float ERF_FAR_2 = 0.634846687f;
    static final float ERF_FAR_3 = 0.106777877f;
    static final float ERF_FAR_4 = -0.0242546219f;
    static final float ERF_FAR_5 = 0.00388396438f;
    static final float ERF_FAR_6 = -0.000383197126f;
    static final float ERF_FAR_7 = 0.0000172853470f;

    private FloatFunctions() {}

    /**
     * e^x: x = n ln 2 + r, e^r = 1 + r (1 + r q(r)), then 2^n in two steps, as two factors so that subnormal
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
        float power = Math.fma(Math.fma(q, r, 1), r, 1);
        int whole = Float.floatToRawIntBits(rounded);
        int half = Float.floatToRawIntBits(Math.fma(n, HALF, ROUNDER));
        return power * powerOfTwo(half) * powerOfTwo(whole - half);
    }

    /** 2^n; only the low bits of n count, those that an exponent has. */
    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + EXPONENT_BIAS) << EXPONENT_SHIFT);
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

    /**
     * 1 / (1 + e^-x), from e^-|x| so that nothing overflows. One step of Newton's division takes back the roundings of
     * 1 + e and of the quotient: numerator - quotient is exact, as the quotient is at least half the numerator.
     */
    static float sigmoid(float x) {
        float e = exponential(-Math.abs(x));
        float minusNumerator = x >= 0 ? -1 : -e;
        float denominator = 1 + e;
        float minusInverse = -1 / denominator;
        float quotient = minusNumerator * minusInverse;
        float surplus = Math.fma(quotient, e, quotient + minusNumerator);
        return Math.fma(surplus, minusInverse, quotient);
    }

    /** An odd polynomial near 0, 1 - e^-p(|x|) elsewhere. */
    static float errorFunction(float x) {
        float size = Math.abs(x);
        float near = errorNear(size);
        float far = 1 - exponential(-errorFar(size > ERF_ONE ? ERF_ONE : size));
        return Math.copySign(size < ERF_SPLIT ? near : far, x);
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
}
