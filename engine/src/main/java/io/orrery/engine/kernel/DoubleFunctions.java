package io.orrery.engine.kernel;

/**
 * The transcendental functions in double precision, one number at a time; {@link DoubleVectorFunctions} has the same bits.
 * Fused multiply-adds, divisions, comparisons and bit operations only. Within 2 ulp of the exact value everywhere,
 * subnormal results included.
 *
 * <p>The polynomials of exp, tanh and erf are minimax fits (Remez exchange, weighted by the function's own size). Logarithm: the scheme
 * of fdlibm's e_log.c (Sun Microsystems, 1993).
 */
public final class DoubleFunctions {
    /** Adding it rounds to an integer, which then stands in the low bits. */
    static final double ROUNDER = 0x1.8p52;

    public static final int EXPONENT_SHIFT = 52;
    static final int EXPONENT_BIAS = 1023;

    /** exp is infinite above. */
    static final double EXPONENTIAL_HIGHEST = 710.0;
    /** exp is 0 below. */
    static final double EXPONENTIAL_LOWEST = -746.0;

    static final double LOG2_E = 1.4426950408889634;
    /** -ln 2 in two parts; n times the first is exact. */
    static final double MINUS_REDUCE_HIGH = -6.93147180369123816490e-01;

    static final double MINUS_REDUCE_LOW = -1.90821492927058770002e-10;

    public static final double LN2_HIGH = 6.93147180369123816490e-01;
    public static final double LN2_LOW = 1.90821492927058770002e-10;
    /** Lifts subnormal numbers to normal ones. */
    static final double LIFT = 0x1p54;

    public static final double BIAS = EXPONENT_BIAS;
    static final double LIFTED_BIAS = EXPONENT_BIAS + 54;
    static final double ZERO = 0;
    static final double ONE = 1;
    static final double TWO = 2;
    public static final double HALF = 0.5;
    public static final long ONE_BITS = 0x3ff0000000000000L;
    public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    public static final long MANTISSA = 0x000fffffffffffffL;

    static final double TANH_SPLIT = 0.625;
    static final double ERF_SPLIT = 1.0;
    /** Tells the two kinds of the first half's results apart. */
    static final double ERF_BETWEEN = 1.25;
    /** erf rounds to 1 from here on. */
    static final double ERF_ONE = 6.0;

    /** (e^r - 1 - r) / r^2 for |r| up to ln(2) / 2, coefficients of rising powers. */
    static final double EXP_0 = 0.5;

    static final double EXP_1 = 0.16666666666666684;
    static final double EXP_2 = 0.041666666666666725;
    static final double EXP_3 = 0.0083333333333165889;
    static final double EXP_4 = 0.0013888888888858187;
    static final double EXP_5 = 0.00019841269897437389;
    static final double EXP_6 = 0.000024801587374145552;
    static final double EXP_7 = 2.7557233851824326e-6;
    static final double EXP_8 = 2.7557233069041480e-7;
    static final double EXP_9 = 2.5112376167602769e-8;
    static final double EXP_10 = 2.0927021511592406e-9;

    /** fdlibm: log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R), R / s^2 in powers of s^2. */
    public static final double LOG_0 = 6.666666666666735130e-01;

    public static final double LOG_1 = 3.999999999940941908e-01;
    public static final double LOG_2 = 2.857142874366239149e-01;
    public static final double LOG_3 = 2.222219843214978396e-01;
    public static final double LOG_4 = 1.818357216161805012e-01;
    public static final double LOG_5 = 1.531383769920937332e-01;
    public static final double LOG_6 = 1.479819860511658591e-01;

    /** (tanh(x) / x - 1) / x^2 in powers of x^2, x up to 0.625. */
    static final double TANH_0 = -0.33333333333332821;

    static final double TANH_1 = 0.13333333333254700;
    static final double TANH_2 = -0.053968253927119833;
    static final double TANH_3 = 0.021869487470834084;
    static final double TANH_4 = -0.0088632195335671344;
    static final double TANH_5 = 0.0035919768143178898;
    static final double TANH_6 = -0.0014548935253883099;
    static final double TANH_7 = 0.00058609786964581684;
    static final double TANH_8 = -0.00022811489985408564;
    static final double TANH_9 = 0.000076627088491886796;
    static final double TANH_10 = -0.000015817152499783735;

    /** erf(x) / x - 1 in powers of x^2. */
    static final double ERF_NEAR_0 = 0.12837916709551257;

    static final double ERF_NEAR_1 = -0.37612638903183748;
    static final double ERF_NEAR_2 = 0.11283791670954884;
    static final double ERF_NEAR_3 = -0.026866170645077875;
    static final double ERF_NEAR_4 = 0.0052239776248284307;
    static final double ERF_NEAR_5 = -0.00085483269814255421;
    static final double ERF_NEAR_6 = 0.00012055331132955820;
    static final double ERF_NEAR_7 = -0.000014925595772180905;
    static final double ERF_NEAR_8 = 1.6461008477802701e-6;
    static final double ERF_NEAR_9 = -1.6350396222864616e-7;
    static final double ERF_NEAR_10 = 1.4660328722742260e-8;
    static final double ERF_NEAR_11 = -1.1374955736070150e-9;
    static final double ERF_NEAR_12 = 5.9606853385209710e-11;

    /** -log(1 - erf(x)) in powers of x. */
    static final double ERF_FAR_0 = 1.8441916815439082e-7;

    static final double ERF_FAR_1 = 1.1283772820361329;
    static final double ERF_FAR_2 = 0.63662870551421771;
    static final double ERF_FAR_3 = 0.10274663716483430;
    static final double ERF_FAR_4 = -0.019076943926122668;
    static final double ERF_FAR_5 = -0.00028224612071540403;
    static final double ERF_FAR_6 = 0.0017709456111801988;
    static final double ERF_FAR_7 = -0.00064285174886143866;
    static final double ERF_FAR_8 = 0.000045968628925012190;
    static final double ERF_FAR_9 = 0.000069743373183029143;
    static final double ERF_FAR_10 = -0.000044766773842802136;
    static final double ERF_FAR_11 = 0.000016420365744019879;
    static final double ERF_FAR_12 = -4.3014651332982916e-6;
    static final double ERF_FAR_13 = 8.4512330449476455e-7;
    static final double ERF_FAR_14 = -1.2481907602330765e-7;
    static final double ERF_FAR_15 = 1.3520758637714852e-8;
    static final double ERF_FAR_16 = -1.0169198884139296e-9;
    static final double ERF_FAR_17 = 4.7510236894751826e-11;
    static final double ERF_FAR_18 = -1.0388788651502678e-12;

    private DoubleFunctions() {}

    /**
     * e^x: x = n ln 2 + r, e^r = 1 + r (1 + r q(r)), then 2^n in two steps, as two factors so that subnormal
     * results round once.
     */
    static double exponential(double x) {
        double clamped =
                x > EXPONENTIAL_HIGHEST ? EXPONENTIAL_HIGHEST : x < EXPONENTIAL_LOWEST ? EXPONENTIAL_LOWEST : x;
        double rounded = Math.fma(clamped, LOG2_E, ROUNDER);
        double n = rounded - ROUNDER;
        double r = Math.fma(n, MINUS_REDUCE_LOW, Math.fma(n, MINUS_REDUCE_HIGH, clamped));
        double q = EXP_10;
        q = Math.fma(q, r, EXP_9);
        q = Math.fma(q, r, EXP_8);
        q = Math.fma(q, r, EXP_7);
        q = Math.fma(q, r, EXP_6);
        q = Math.fma(q, r, EXP_5);
        q = Math.fma(q, r, EXP_4);
        q = Math.fma(q, r, EXP_3);
        q = Math.fma(q, r, EXP_2);
        q = Math.fma(q, r, EXP_1);
        q = Math.fma(q, r, EXP_0);
        double power = Math.fma(Math.fma(q, r, 1), r, 1);
        long whole = Double.doubleToRawLongBits(rounded);
        long half = Double.doubleToRawLongBits(Math.fma(n, HALF, ROUNDER));
        return power * powerOfTwo(half) * powerOfTwo(whole - half);
    }

    /** 2^n; only the low bits of n count, those that an exponent has. */
    private static double powerOfTwo(long n) {
        return Double.longBitsToDouble((n + EXPONENT_BIAS) << EXPONENT_SHIFT);
    }

    /** Natural logarithm: x = 2^n (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), and a polynomial in s = f / (2 + f). */
    public static double logarithm(double x) {
        boolean subnormal = x < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? x * LIFT : x) + (ONE_BITS - SQRT_HALF_BITS);
        double biased =
                Double.longBitsToDouble((bits >>> EXPONENT_SHIFT) + Double.doubleToRawLongBits(ROUNDER)) - ROUNDER;
        double n = biased - (subnormal ? LIFTED_BIAS : BIAS);
        double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double p = LOG_6;
        p = Math.fma(p, z, LOG_5);
        p = Math.fma(p, z, LOG_4);
        p = Math.fma(p, z, LOG_3);
        p = Math.fma(p, z, LOG_2);
        p = Math.fma(p, z, LOG_1);
        p = Math.fma(p, z, LOG_0);
        double square = HALF * f * f;
        double low = Math.fma(s, Math.fma(p, z, square), n * LN2_LOW);
        double result = Math.fma(n, LN2_HIGH, f - (square - low));
        return x < 0 ? Double.NaN : x == 0 ? Double.NEGATIVE_INFINITY : x < Double.POSITIVE_INFINITY ? result : x;
    }

    /** An odd polynomial near 0, 1 - 2 / (e^(2|x|) + 1) elsewhere. */
    static double tanh(double x) {
        double size = Math.abs(x);
        double z = size * size;
        double p = TANH_10;
        p = Math.fma(p, z, TANH_9);
        p = Math.fma(p, z, TANH_8);
        p = Math.fma(p, z, TANH_7);
        p = Math.fma(p, z, TANH_6);
        p = Math.fma(p, z, TANH_5);
        p = Math.fma(p, z, TANH_4);
        p = Math.fma(p, z, TANH_3);
        p = Math.fma(p, z, TANH_2);
        p = Math.fma(p, z, TANH_1);
        p = Math.fma(p, z, TANH_0);
        double near = Math.fma(p * z, size, size);
        double far = 1 - 2 / (exponential(size + size) + 1);
        return Math.copySign(size < TANH_SPLIT ? near : far, x);
    }

    /**
     * 1 / (1 + e^-x), from e^-|x| so that nothing overflows. One step of Newton's division takes back the roundings of
     * 1 + e and of the quotient: numerator - quotient is exact, as the quotient is at least half the numerator.
     */
    static double sigmoid(double x) {
        double e = exponential(-Math.abs(x));
        double minusNumerator = x >= 0 ? -1 : -e;
        double denominator = 1 + e;
        double minusInverse = -1 / denominator;
        double quotient = minusNumerator * minusInverse;
        double surplus = Math.fma(quotient, e, quotient + minusNumerator);
        return Math.fma(surplus, minusInverse, quotient);
    }

    /** An odd polynomial near 0, 1 - e^-p(|x|) elsewhere. */
    static double errorFunction(double x) {
        double size = Math.abs(x);
        double near = errorNear(size);
        double far = 1 - exponential(-errorFar(size > ERF_ONE ? ERF_ONE : size));
        return Math.copySign(size < ERF_SPLIT ? near : far, x);
    }

    private static double errorNear(double size) {
        double z = size * size;
        double p = ERF_NEAR_12;
        p = Math.fma(p, z, ERF_NEAR_11);
        p = Math.fma(p, z, ERF_NEAR_10);
        p = Math.fma(p, z, ERF_NEAR_9);
        p = Math.fma(p, z, ERF_NEAR_8);
        p = Math.fma(p, z, ERF_NEAR_7);
        p = Math.fma(p, z, ERF_NEAR_6);
        p = Math.fma(p, z, ERF_NEAR_5);
        p = Math.fma(p, z, ERF_NEAR_4);
        p = Math.fma(p, z, ERF_NEAR_3);
        p = Math.fma(p, z, ERF_NEAR_2);
        p = Math.fma(p, z, ERF_NEAR_1);
        p = Math.fma(p, z, ERF_NEAR_0);
        return Math.fma(p, size, size);
    }

    /** -log(1 - erf(size)). */
    private static double errorFar(double size) {
        double p = ERF_FAR_18;
        p = Math.fma(p, size, ERF_FAR_17);
        p = Math.fma(p, size, ERF_FAR_16);
        p = Math.fma(p, size, ERF_FAR_15);
        p = Math.fma(p, size, ERF_FAR_14);
        p = Math.fma(p, size, ERF_FAR_13);
        p = Math.fma(p, size, ERF_FAR_12);
        p = Math.fma(p, size, ERF_FAR_11);
        p = Math.fma(p, size, ERF_FAR_10);
        p = Math.fma(p, size, ERF_FAR_9);
        p = Math.fma(p, size, ERF_FAR_8);
        p = Math.fma(p, size, ERF_FAR_7);
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
