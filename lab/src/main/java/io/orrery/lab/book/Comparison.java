package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.math.StudentT;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Two groups of runs compared seed by seed: what a setting changes at the end of a run, with the part that is only due to
 * the seed taken out.
 *
 * @param seeds the seeds that both groups have, in the first group's order
 * @param differences by series, in the order in which the runs measured them
 */
public record Comparison(List<Long> seeds, SequencedMap<String, Difference> differences) {
    private static final double CONFIDENCE = 0.95;

    /**
     * The difference b - a of a series' last single number.
     *
     * @param n pairs of runs in which both numbers are finite
     * @param meanA mean over these pairs in the first group
     * @param meanB the same in the second
     * @param mean mean of the differences, NaN without a pair
     * @param low lower end of Student's 95% interval of the mean difference (Student 1908; n - 1 degrees), NaN below 2 pairs
     * @param high upper end
     */
    public record Difference(int n, double meanA, double meanB, double mean, double low, double high) {
        /** Whether the interval leaves out 0. */
        public boolean clear() {
            return low > 0 || high < 0;
        }
    }

    /**
     * Compares groups whose runs differ in setting, each with at most one run per seed.
     *
     * @throws UserError if a seed stands twice in a group, or no seed or no series stands in both
     */
    public static Comparison paired(List<RecordedRun> a, List<RecordedRun> b) {
        Map<Long, RecordedRun> first = bySeed(a, "first");
        Map<Long, RecordedRun> second = bySeed(b, "second");
        List<Long> seeds = first.keySet().stream().filter(second::containsKey).toList();
        if (seeds.isEmpty()) {
            throw new UserError("the groups cannot be paired: no seed stands in both; the first has " + first.keySet()
                    + ", the second " + second.keySet());
        }
        SequencedMap<String, List<double[]>> pairs = new LinkedHashMap<>();
        for (long seed : seeds) {
            Map<String, Double> before = finals(first.getOrDefault(seed, a.getFirst()));
            Map<String, Double> after = finals(second.getOrDefault(seed, b.getFirst()));
            before.forEach((series, value) -> {
                if (after.containsKey(series)) {
                    pairs.computeIfAbsent(series, _ -> new ArrayList<>())
                            .add(new double[] {value, after.getOrDefault(series, Double.NaN)});
                }
            });
        }
        if (pairs.isEmpty()) {
            throw new UserError(
                    "the groups cannot be paired: no series was measured in both; 'list' shows whether their"
                            + " runs have come to an end");
        }
        SequencedMap<String, Difference> differences = new LinkedHashMap<>();
        pairs.forEach((series, values) -> differences.put(series, difference(values)));
        return new Comparison(seeds, differences);
    }

    private static Map<Long, RecordedRun> bySeed(List<RecordedRun> runs, String group) {
        Map<Long, RecordedRun> bySeed = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            RecordedRun previous = bySeed.put(run.seed(), run);
            if (previous != null) {
                throw new UserError("the groups cannot be paired: the seed " + run.seed() + " stands twice in the "
                        + group + " group, in the runs " + previous.id() + " and " + run.id()
                        + "; name one setting of the grid");
            }
        }
        return bySeed;
    }

    /** The last value of every series of single numbers, in order of first appearance. */
    private static Map<String, Double> finals(RecordedRun run) {
        Map<String, Double> finals = new LinkedHashMap<>();
        for (Measurement measurement : run.measurements()) {
            if (measurement.values().size() == 1) {
                finals.put(measurement.series(), measurement.value());
            }
        }
        return finals;
    }

    private static Difference difference(List<double[]> pairs) {
        List<double[]> finite = pairs.stream()
                .filter(pair -> Double.isFinite(pair[0]) && Double.isFinite(pair[1]))
                .toList();
        int n = finite.size();
        double meanA = finite.stream().mapToDouble(pair -> pair[0]).average().orElse(Double.NaN);
        double meanB = finite.stream().mapToDouble(pair -> pair[1]).average().orElse(Double.NaN);
        double mean =
                finite.stream().mapToDouble(pair -> pair[1] - pair[0]).average().orElse(Double.NaN);
        if (n < 2) {
            return new Difference(n, meanA, meanB, mean, Double.NaN, Double.NaN);
        }
        double squares = finite.stream()
                .mapToDouble(pair -> pair[1] - pair[0] - mean)
                .map(deviation -> deviation * deviation)
                .sum();
        double half = StudentT.quantile((1 + CONFIDENCE) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Difference(n, meanA, meanB, mean, mean - half, mean + half);
    }
}
