package io.orrery.lab.study;

import io.orrery.lab.math.Descriptive;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/**
 * One number per run of a setting, as median and range.
 *
 * @param values the finite ones
 * @param runs how many runs were asked
 */
record OverSeeds(double[] values, int runs) {
    static <T> OverSeeds of(List<T> runs, ToDoubleFunction<T> number) {
        return new OverSeeds(
                runs.stream().mapToDouble(number).filter(Double::isFinite).toArray(), runs.size());
    }

    boolean isEmpty() {
        return values.length == 0;
    }

    /** Whether every run gave a finite number. */
    boolean isComplete() {
        return values.length == runs;
    }

    double median() {
        return Descriptive.median(values);
    }

    boolean all(DoublePredicate condition) {
        return Arrays.stream(values).allMatch(condition);
    }

    /** What the numbers are: {@code one seed}, {@code median (lowest to highest) of 5 seeds}, {@code ... of 3 of 5 seeds}. */
    String basis() {
        String seeds = (isComplete() ? "" : values.length + " of ") + runs + (runs == 1 ? " seed" : " seeds");
        return values.length == 1 ? (runs == 1 ? "one seed" : seeds) : "median (lowest to highest) of " + seeds;
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
        return text(OverSeeds::percent);
    }

    private String text(DoubleFunction<String> format) {
        String median = format.apply(median());
        String smallest = format.apply(Descriptive.minimum(values));
        String largest = format.apply(Descriptive.maximum(values));
        return smallest.equals(largest) ? median : median + " (" + smallest + " to " + largest + ")";
    }

    /** A share as a percentage; what is not 100% is not rounded to it. */
    static String percent(double share) {
        double percents = 100 * share;
        String text = digits(percents);
        return (text.equals("100") && share < 1 ? String.format(Locale.ROOT, "%.3f", Math.min(percents, 99.999)) : text)
                + "%";
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
