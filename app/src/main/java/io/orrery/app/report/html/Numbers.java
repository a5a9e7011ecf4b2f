package io.orrery.app.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text: short for machines, readable for people. */
public final class Numbers {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Numbers() {}

    /** JSON with six significant digits: enough for a chart. NaN and infinity, which JSON lacks, become null. */
    static String json(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        String scientific = rounded.toString();
        String plain = rounded.toPlainString();
        return plain.length() <= scientific.length() ? plain : scientific;
    }

    /** Four significant digits; powers of ten outside 0.001 to a million. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double magnitude = Math.abs(value);
        if (value == Math.rint(value) && magnitude < 1e6) {
            return minus(whole((long) value));
        }
        if (magnitude >= 1e-3 && magnitude < 1e6) {
            return minus(new BigDecimal(value)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString());
        }
        String scientific = String.format(Locale.ROOT, "%.3e", value);
        int mark = scientific.indexOf('e');
        String digits = new BigDecimal(scientific.substring(0, mark))
                .stripTrailingZeros()
                .toPlainString();
        return minus(digits + "e" + Integer.parseInt(scientific.substring(mark + 1)));
    }

    /** A fraction as a percentage with two decimals. */
    public static String percent(double fraction) {
        return Double.isFinite(fraction) ? minus(String.format(Locale.ROOT, "%.2f%%", 100 * fraction)) : text(fraction);
    }

    /** A whole number with thin spaces between groups of three digits from five digits on. */
    public static String whole(long value) {
        String grouped = String.format(Locale.ROOT, "%,d", value);
        return Math.abs(value) < 10_000 ? Long.toString(value) : grouped.replace(',', '\u202f');
    }

    /** A duration in seconds, minutes or hours. */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return text(seconds);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }
}
