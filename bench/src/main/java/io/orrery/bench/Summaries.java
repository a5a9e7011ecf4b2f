package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.util.List;

/** One suite in a few numbers. */
final class Summaries {
    private static final String MEASURED_TINY = "20-32-32-1-B4-double";

    private Summaries() {}

    /** Geometric mean and minimum of the ratios, and the best and least share of the peak. */
    static Json.Fields of(String suite, List<Contest.Result> results, double peak) {
        Json.Fields summary = Json.object();
        summary.put(
                "geomean",
                Math.exp(results.stream()
                        .mapToDouble(result -> Math.log(result.ratio()))
                        .average()
                        .orElse(Double.NaN)));
        summary.put(
                "min", results.stream().mapToDouble(Contest.Result::ratio).min().orElse(Double.NaN));
        if (suite.equals("tiny")) {
            results.stream()
                    .filter(result -> result.shape().equals(MEASURED_TINY))
                    .findFirst()
                    .ifPresent(result -> summary.put("microsecondsBatch4", result.oursMicroseconds()));
        } else {
            summary.put(
                    "peakShare",
                    results.stream()
                            .mapToDouble(result -> result.gigaflops() / peak)
                            .max()
                            .orElse(Double.NaN));
        }
        return summary;
    }
}
