package io.orrery.lab.data.file;

import java.util.OptionalDouble;

/**
 * Decimal numbers as tables hold them: an optional sign, digits with at most one point, an optional exponent of ten; ASCII
 * digits only. What Java, Python or C would also read (1d, 0x1p3, 1_000, inf, nan) is no number here.
 */
public final class Decimal {
    /** Powers of ten that a double holds exactly. */
    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long LARGEST_EXACT = 1L << 53;
    private static final int MOST_EXPONENT = 100_000;

    private Decimal() {}

    /** The nearest double to a text that is a decimal number, infinite beyond the largest. */
    public static OptionalDouble parse(String text) {
        double value = parse(text.toCharArray(), 0, text.length(), '.');
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The nearest double to some characters, infinite beyond the largest; NaN if they are no decimal number.
     *
     * @param point what stands between whole and fraction
     */
    public static double parse(char[] text, int start, int end, char point) {
        int at = start;
        boolean negative = false;
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            negative = text[at++] == '-';
        }
        long digits = 0;
        int scale = 0;
        boolean any = false;
        boolean fraction = false;
        boolean exact = true;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                any = true;
                if (digits < LARGEST_EXACT / 10) {
                    digits = digits * 10 + (c - '0');
                } else {
                    exact = false;
                }
                if (fraction) {
                    scale--;
                }
            } else if (c == point && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (!any) {
            return Double.NaN;
        }
        if (at < end) {
            if (text[at] != 'e' && text[at] != 'E') {
                return Double.NaN;
            }
            at++;
            boolean down = false;
            if (at < end && (text[at] == '-' || text[at] == '+')) {
                down = text[at++] == '-';
            }
            if (at == end) {
                return Double.NaN;
            }
            int exponent = 0;
            for (; at < end; at++) {
                if (text[at] < '0' || text[at] > '9') {
                    return Double.NaN;
                }
                exponent = Math.min(MOST_EXPONENT, exponent * 10 + (text[at] - '0'));
            }
            scale += down ? -exponent : exponent;
        }
        // One rounding of exact numbers (Clinger 1990); all else is rare enough for the long way.
        if (exact && scale <= 0 && scale > -EXACT.length) {
            double value = digits / EXACT[-scale];
            return negative ? -value : value;
        }
        if (exact && scale > 0 && scale < EXACT.length) {
            double value = digits * EXACT[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(text, start, end - start).replace(point, '.'));
    }
}
