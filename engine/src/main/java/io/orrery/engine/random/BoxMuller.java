package io.orrery.engine.random;

import io.orrery.engine.kernel.DoubleFunctions;

/**
 * Normal numbers from uniform ones (Box and Muller 1958), one pair at a time; {@link FloatNormals} has the same bits. Fused
 * multiply-adds, divisions, square roots and bit operations only. Each factor is within 2 ulp of the exact value.
 *
 * <p>Sine and cosine of 2 pi v: 4 v = n + r with n an integer and |r| up to 1/2, exactly; then polynomials in r (Chebyshev
 * fits of sin(r pi/2) / r and cos(r pi/2) in powers of r^2) and a turn by n right angles.
 */
final class BoxMuller {
    /** Adding it rounds to an integer, which then stands in the low bits. */
    static final double ROUNDER = 0x1.8p52;
    /** Uniform numbers have this many bits. */
    static final int BITS = 53;

    static final double ULP = 0x1p-53;
    /** A quarter of the circle is 1. */
    static final double QUARTER_ULP = 0x1p-51;

    static final double SIN_0 = 1.5707963267948966;
    static final double SIN_0_REST = 6.123233995736766e-17;
    static final double SIN_1 = -0.6459640975062462;
    static final double SIN_2 = 0.07969262624614423;
    static final double SIN_3 = -0.004681754134254207;
    static final double SIN_4 = 0.00016044116661409423;
    static final double SIN_5 = -3.5987029509735105e-06;
    static final double SIN_6 = 5.642225369163528e-08;

    static final double COS_1 = -1.2337005501361697;
    static final double COS_2 = 0.2536695079010478;
    static final double COS_3 = -0.020863480763340773;
    static final double COS_4 = 0.0009192602745468447;
    static final double COS_5 = -2.5202039028029178e-05;
    static final double COS_6 = 4.710678405505227e-07;
    static final double COS_7 = -6.329396344967424e-09;

    private BoxMuller() {}

    /** sqrt(-2 log(u)) with u = (bits + 1) / 2^53, in (0, 1]. */
    static double radius(long bits) {
        return Math.sqrt(-2 * DoubleFunctions.logarithm((bits + 1) * ULP));
    }

    /** cos(2 pi v) with v = bits / 2^53, in [0, 1). */
    static double cosine(long bits) {
        return turned(bits, 1);
    }

    /** sin(2 pi v) with v = bits / 2^53, in [0, 1). */
    static double sine(long bits) {
        return turned(bits, 0);
    }

    /** The sine of so many right angles more: the cosine is the sine of one more. */
    private static double turned(long bits, int rightAngles) {
        double quarters = bits * QUARTER_ULP;
        double rounded = quarters + ROUNDER;
        double r = quarters - (rounded - ROUNDER);
        int n = (int) Double.doubleToRawLongBits(rounded) + rightAngles;
        double value = (n & 1) == 0 ? sinePolynomial(r) : cosinePolynomial(r);
        return (n & 2) == 0 ? value : -value;
    }

    private static double sinePolynomial(double r) {
        double z = r * r;
        double p = SIN_6;
        p = Math.fma(p, z, SIN_5);
        p = Math.fma(p, z, SIN_4);
        p = Math.fma(p, z, SIN_3);
        p = Math.fma(p, z, SIN_2);
        p = Math.fma(p, z, SIN_1);
        p = Math.fma(p, z, SIN_0_REST);
        return Math.fma(r, SIN_0, r * p);
    }

    private static double cosinePolynomial(double r) {
        double z = r * r;
        double p = COS_7;
        p = Math.fma(p, z, COS_6);
        p = Math.fma(p, z, COS_5);
        p = Math.fma(p, z, COS_4);
        p = Math.fma(p, z, COS_3);
        p = Math.fma(p, z, COS_2);
        p = Math.fma(p, z, COS_1);
        return Math.fma(p, z, 1);
    }
}
