package io.orrery.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When methods of the engine's kernels got their final machine code, read from the JVM's log of installed code. */
final class Compilations {
    /** Level 4 is the optimizing compiler's; before it vectors are objects. A loop's replacement on the stack counts. */
    private static final Pattern INSTALLED = Pattern.compile(
            "\\[([0-9.]+)s\\].* Installing (?:osr )?method \\(4\\) (io\\.orrery\\.engine\\.kernel\\.[\\w.$]+)\\(.*");

    private static final Pattern MAIN_PRODUCT = Pattern.compile(".*Tiles\\.twelveByTwo");

    private Compilations() {}

    /** Seconds after the JVM's start at which each method was first ready. */
    static Map<String, Double> of(List<String> log) {
        Map<String, Double> seconds = new HashMap<>();
        for (String line : log) {
            Matcher installed = INSTALLED.matcher(line);
            if (installed.matches()) {
                seconds.merge(installed.group(2), Double.parseDouble(installed.group(1)), Math::min);
            }
        }
        return seconds;
    }

    /** When the tile that does most of a step's arithmetic was ready; NaN if it never was. */
    static double mainProduct(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .filter(entry -> MAIN_PRODUCT.matcher(entry.getKey()).matches())
                .mapToDouble(Map.Entry::getValue)
                .min()
                .orElse(Double.NaN);
    }

    /** When the last of some methods was ready; those that never were are left out. */
    static double last(Map<String, Double> seconds, Set<String> methods) {
        return methods.stream()
                .filter(seconds::containsKey)
                .mapToDouble(seconds::get)
                .max()
                .orElse(Double.NaN);
    }
}
