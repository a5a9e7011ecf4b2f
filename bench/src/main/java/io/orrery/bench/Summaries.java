package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One suite in a few numbers. */
final class Summaries {
    private static final String MEASURED_TINY = "20-32-32-1-B4-double";
    /** A product whose operands fit the second-level cache in both precisions. */
    private static final String IN_CACHE = "square-128";

    private Summaries() {}

    /**
     * Geometric mean and minimum of the ratios and the best share of the peak: of the contests with the fewest threads;
     * those with two threads apart.
     */
    static Json.Fields of(String suite, List<Contest.Result> results, Bench bench) {
        int fewest = results.stream().mapToInt(Contest.Result::threads).min().orElse(1);
        List<Contest.Result> first =
                results.stream().filter(result -> result.threads() == fewest).toList();
        Json.Fields summary = ratios(first);
        if (suite.equals("tiny")) {
            results.stream()
                    .filter(result -> result.shape().equals(MEASURED_TINY))
                    .findFirst()
                    .ifPresent(result -> summary.put("microsecondsBatch4", result.oursMicroseconds()));
        } else {
            summary.put("peakShare", most(first, Contest.Result::peakShare));
        }
        if (suite.equals("products")) {
            summary.put("doubleOverSingle", speed(first, IN_CACHE + "-double") / speed(first, IN_CACHE));
        }
        if (suite.equals("kernels")) {
            summary.put("bandwidthShare", most(first, result -> result.gigabytes() / bench.bandwidth()));
        }
        List<Contest.Result> more =
                results.stream().filter(result -> result.threads() > fewest).toList();
        if (!more.isEmpty()) {
            summary.put("twoThreads", ratios(more));
        }
        return summary;
    }

    private static double speed(List<Contest.Result> results, String shape) {
        return results.stream()
                .filter(result -> result.shape().equals(shape))
                .mapToDouble(Contest.Result::gigaflops)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Json.Fields ratios(List<Contest.Result> results) {
        double logs = results.stream()
                .mapToDouble(result -> Math.log(result.ratio()))
                .average()
                .orElse(Double.NaN);
        return Json.object()
                .put("geomean", Math.exp(logs))
                .put(
                        "min",
                        results.stream()
                                .mapToDouble(Contest.Result::ratio)
                                .min()
                                .orElse(Double.NaN));
    }

    private static double most(List<Contest.Result> results, ToDoubleFunction<Contest.Result> share) {
        return results.stream().mapToDouble(share).max().orElse(Double.NaN);
    }
}
