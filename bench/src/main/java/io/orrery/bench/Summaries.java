package io.orrery.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One suite in a few numbers. */
final class Summaries {
    private static final String MEASURED_TINY = "20-32-32-1-B4-double";

    private Summaries() {}

    /** Geometric mean and minimum of the ratios, and the best and least share of the peak. */
    static Map<String, Object> of(String suite, List<Contest.Result> results, double peak) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "geomean",
                Math.exp(results.stream().mapToDouble(result -> Math.log(result.ratio())).average().orElse(Double.NaN)));
        summary.put("min", results.stream().mapToDouble(Contest.Result::ratio).min().orElse(Double.NaN));
        if (suite.equals("tiny")) {
            results.stream()
                    .filter(result -> result.shape().equals(MEASURED_TINY))
                    .findFirst()
                    .ifPresent(result -> summary.put("microsecondsBatch4", result.oursMicroseconds()));
        } else {
            summary.put(
                    "peakShare",
                    results.stream().mapToDouble(result -> result.gigaflops() / peak).max().orElse(Double.NaN));
        }
        return summary;
    }
}
