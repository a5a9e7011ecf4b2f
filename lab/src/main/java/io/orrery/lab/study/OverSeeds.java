package io.orrery.lab.study;

import io.orrery.lab.math.Descriptive;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** One number per run, as median and range. Runs without the number are left out. */
record OverSeeds(double[] values) {
    static <T> OverSeeds of(List<T> runs, ToDoubleFunction<T> number) {
        return new OverSeeds(
                runs.stream().mapToDouble(number).filter(Double::isFinite).toArray());
    }

    boolean isEmpty() {
        return values.length == 0;
    }

    double median() {
        return Descriptive.median(values);
    }

    boolean all(DoublePredicate condition) {
        return Arrays.stream(values).allMatch(condition);
    }

    boolean none(DoublePredicate condition) {
        return Arrays.stream(values).noneMatch(condition);
    }

    /** Median and range in percentage points. */
    String points() {
        return text(value -> digits(100 * value)) + " percentage points";
    }

    /** Median and range in three significant digits, such as 0.0123 (0.01 to 0.015). */
    String text() {
        return text(OverSeeds::digits);
    }

    /** Median and range as percentages. */
    String percent() {
        return text(value -> digits(100 * value) + "%");
    }

    private String text(DoubleFunction<String> format) {
        String median = format.apply(median());
        String smallest = format.apply(Descriptive.minimum(values));
        String largest = format.apply(Descriptive.maximum(values));
        return smallest.equals(largest) ? median : median + " (" + smallest + " to " + largest + ")";
    }

    /** Three significant digits without needless zeros; powers of ten for the very small and large. */
    static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < 1e-3 || size >= 1e5) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
