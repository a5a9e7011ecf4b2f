package io.orrery.lab.judge.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers and lists as a researcher reads them, the same in every locale. */
public final class Plain {
    private static final int DIGITS = 3;
    private static final int MOST_DIGITS = 12;
    private static final double SAME = 1e-10;

    private Plain() {}

    /** Three significant digits, such as 0.0451, 12, 1.3e-6. */
    public static String number(double value) {
        return number(value, DIGITS);
    }

    /** A number as people read it, with so many significant digits. */
    public static String number(double value, int digits) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinity" : "-infinity";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = rounded(value, digits);
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent <= 5) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** The fewest digits, three or more, with which rounding moves neither end by a tenth of the distance between them. */
    public static int digitsFor(double low, double high) {
        boolean same = high - low <= SAME * Math.max(Math.abs(low), Math.abs(high));
        if (same || !Double.isFinite(high - low)) {
            return DIGITS;
        }
        double allowed = (high - low) / 10;
        int digits = DIGITS;
        while (digits < MOST_DIGITS && (moved(low, digits) > allowed || moved(high, digits) > allowed)) {
            digits++;
        }
        return digits;
    }

    /** {@link #digitsFor(double, double)}, and enough that no end is taken for a limit that it does not equal. */
    public static int digitsFor(double low, double high, double limit) {
        int digits = digitsFor(low, high);
        while (digits < MOST_DIGITS && (confused(low, limit, digits) || confused(high, limit, digits))) {
            digits++;
        }
        return digits;
    }

    /** {@link #digitsFor(double, double, double)}, and enough that the effect between them is not taken for the limit either. */
    public static int digitsFor(double low, double high, double limit, double effect) {
        int digits = digitsFor(low, high, limit);
        while (digits < MOST_DIGITS && confused(effect, limit, digits)) {
            digits++;
        }
        return digits;
    }

    private static double moved(double value, int digits) {
        return value == 0 ? 0 : Math.abs(rounded(value, digits).doubleValue() - value);
    }

    private static boolean confused(double value, double limit, int digits) {
        double apart = Math.abs(value - limit);
        return apart > SAME * Math.max(Math.abs(value), Math.abs(limit))
                && number(value, digits).equals(number(limit, digits));
    }

    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    static String range(double low, double high) {
        int digits = digitsFor(low, high);
        return number(low, digits) + " to " + number(high, digits);
    }

    /** A share as a percentage: 0.95 is 95%. */
    public static String percent(double share) {
        return number(100 * share, share > 0.99 ? 4 : DIGITS) + "%";
    }

    /** As {@code a, b and c}; as {@code a, with x; b; and c} where commas stand within. */
    public static String list(List<String> items) {
        int last = items.size() - 1;
        if (last > 0 && items.stream().anyMatch(item -> item.contains(", "))) {
            return String.join("; ", items.subList(0, last)) + "; and " + items.get(last);
        }
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** A place as people say it: 1st, 2nd, 3rd, 4th. */
    public static String ordinal(int number) {
        int tail = number % 100;
        String ending = switch (tail >= 11 && tail <= 13 ? 0 : tail % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
        return number + ending;
    }
}
