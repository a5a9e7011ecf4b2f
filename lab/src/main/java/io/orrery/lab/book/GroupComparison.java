package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Two groups of runs compared seed by seed: what a setting changes, with the part that is only due to the seed taken out.
 * Only runs that came to their end are compared.
 *
 * @param seeds the seeds of which both groups have a finished run, in the first group's order
 * @param leftOut for people: the runs that were not compared, and why
 * @param differences by series, in the order in which the runs measured them
 */
public record GroupComparison(List<Long> seeds, List<String> leftOut, SequencedMap<String, Difference> differences) {
    private static final double CONFIDENCE = 0.95;

    /** Copies the lists. */
    public GroupComparison {
        seeds = List.copyOf(seeds);
        leftOut = List.copyOf(leftOut);
    }

    /** Which readings of two runs are compared. */
    public enum At {
        /** Those of the last step at which both were read. */
        SAME_STEP,
        /** The last of each, wherever it is. */
        END
    }

    /**
     * The difference b - a of a series of single numbers.
     *
     * @param n pairs of runs in which both numbers are finite
     * @param firstStep the earliest step at which a number was read
     * @param lastStep the latest
     * @param meanA mean over these pairs in the first group
     * @param meanB the same in the second
     * @param mean mean of the differences, NaN without a pair
     * @param interval Student's 95% interval of the mean difference, see {@link io.orrery.lab.judge.criterion.Comparison#difference}; not
     *     known below 2 pairs, nor if all pairs differ by the same
     */
    public record Difference(
            int n, long firstStep, long lastStep, double meanA, double meanB, double mean, Interval interval) {
        /** Whether the interval leaves out 0. */
        public boolean clear() {
            return interval.isKnown() && !interval.contains(0);
        }
    }

    private record Reading(long step, double value) {}

    private record Pair(Reading a, Reading b) {
        boolean isFinite() {
            return Double.isFinite(a.value) && Double.isFinite(b.value);
        }
    }

    /**
     * Compares groups, each of one setting.
     *
     * @throws UserError if a seed stands twice in a group, or no seed has a finished run in both, or no series was read in both
     */
    public static GroupComparison paired(List<RecordedRun> a, List<RecordedRun> b, At at) {
        List<String> leftOut = new ArrayList<>();
        Map<Long, RecordedRun> first = finished(a, "A", leftOut);
        Map<Long, RecordedRun> second = finished(b, "B", leftOut);
        List<Long> seeds = first.keySet().stream().filter(second::containsKey).toList();
        if (seeds.isEmpty()) {
            throw new UserError("nothing can be compared: no seed has a finished run in both sets; A has "
                    + (first.isEmpty() ? "none" : "those of seeds " + text(first.keySet())) + ", B "
                    + (second.isEmpty() ? "none" : "those of seeds " + text(second.keySet()))
                    + (leftOut.isEmpty() ? "" : ". Left out: " + String.join("; ", leftOut)));
        }
        alone(first, second, "A", "B", leftOut);
        alone(second, first, "B", "A", leftOut);
        SequencedMap<String, List<Pair>> pairs = new LinkedHashMap<>();
        for (long seed : seeds) {
            Map<String, TreeMap<Long, Double>> before = readings(first.getOrDefault(seed, a.getFirst()));
            Map<String, TreeMap<Long, Double>> after = readings(second.getOrDefault(seed, b.getFirst()));
            before.forEach((series, values) -> {
                TreeMap<Long, Double> others = after.getOrDefault(series, new TreeMap<>());
                pair(values, others, at)
                        .forEach(pair -> pairs.computeIfAbsent(series, _ -> new ArrayList<>())
                                .add(pair));
            });
        }
        if (pairs.isEmpty()) {
            throw new UserError("nothing can be compared: no series was read in both sets"
                    + (at == At.SAME_STEP ? " at the same step; --at-end takes the last reading of each run" : ""));
        }
        SequencedMap<String, Difference> differences = new LinkedHashMap<>();
        pairs.forEach((series, values) -> differences.put(series, difference(series, values)));
        return new GroupComparison(seeds, leftOut, Collections.unmodifiableSequencedMap(differences));
    }

    /** The runs that are done by seed; others are named. */
    private static Map<Long, RecordedRun> finished(List<RecordedRun> runs, String group, List<String> leftOut) {
        Map<Long, RecordedRun> bySeed = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            String name = group + "'s seed " + run.seed() + " (run " + run.id() + ") ";
            if (run.end().isEmpty()) {
                leftOut.add(name + "has not come to an end");
            } else if (run.end().get().status() != RunEnd.Status.DONE) {
                RunEnd end = run.end().get();
                boolean diverged = end.status() == RunEnd.Status.DIVERGED;
                leftOut.add(name + (diverged ? "diverged at step " : "was interrupted at step ") + end.steps());
            } else {
                RecordedRun previous = bySeed.put(run.seed(), run);
                if (previous != null) {
                    throw new UserError("the sets cannot be paired: the seed " + run.seed() + " stands twice in "
                            + group + ", in the runs " + previous.id() + " and " + run.id()
                            + "; name one setting of the grid");
                }
            }
        }
        return bySeed;
    }

    private static void alone(
            Map<Long, RecordedRun> runs, Map<Long, RecordedRun> others, String group, String other, List<String> out) {
        List<Long> seeds =
                runs.keySet().stream().filter(seed -> !others.containsKey(seed)).toList();
        if (!seeds.isEmpty()) {
            out.add(group + "'s " + (seeds.size() == 1 ? "seed " : "seeds ") + text(seeds) + ": no finished run of "
                    + other + " to pair with");
        }
    }

    private static String text(Iterable<Long> seeds) {
        List<String> texts = new ArrayList<>();
        seeds.forEach(seed -> texts.add(Long.toString(seed)));
        return String.join(", ", texts);
    }

    /** The values of every series of single numbers by step, series in order of first appearance. */
    private static Map<String, TreeMap<Long, Double>> readings(RecordedRun run) {
        Map<String, TreeMap<Long, Double>> readings = new LinkedHashMap<>();
        for (Measurement measurement : run.measurements()) {
            if (measurement.values().size() == 1) {
                readings.computeIfAbsent(measurement.series(), _ -> new TreeMap<>())
                        .put(measurement.step(), measurement.value());
            }
        }
        return readings;
    }

    private static List<Pair> pair(TreeMap<Long, Double> a, TreeMap<Long, Double> b, At at) {
        if (b.isEmpty()) {
            return List.of();
        }
        if (at == At.END) {
            return List.of(new Pair(last(a), last(b)));
        }
        return a.descendingMap().entrySet().stream()
                .filter(entry -> b.containsKey(entry.getKey()))
                .limit(1)
                .map(entry -> new Pair(
                        new Reading(entry.getKey(), entry.getValue()),
                        new Reading(entry.getKey(), b.getOrDefault(entry.getKey(), Double.NaN))))
                .toList();
    }

    private static Reading last(TreeMap<Long, Double> values) {
        return new Reading(values.lastKey(), values.lastEntry().getValue());
    }

    private static Difference difference(String series, List<Pair> pairs) {
        List<Pair> finite = pairs.stream().filter(Pair::isFinite).toList();
        double[] a = finite.stream().mapToDouble(pair -> pair.a.value).toArray();
        double[] b = finite.stream().mapToDouble(pair -> pair.b.value).toArray();
        // The prediction is nothing but that there is a difference; only effect and interval are taken from the
        // finding.
        Finding finding = io.orrery.lab.judge.criterion.Comparison.difference(
                series, "", Values.of("B", b), Values.of("A", a), Threshold.atLeast(0));
        Interval interval = finding.basis().sampling().interval(CONFIDENCE);
        boolean varied = finite.size() >= 2 && interval.low() < interval.high();
        return new Difference(
                finite.size(),
                pairs.stream()
                        .mapToLong(pair -> Math.min(pair.a.step, pair.b.step))
                        .min()
                        .orElse(0),
                pairs.stream()
                        .mapToLong(pair -> Math.max(pair.a.step, pair.b.step))
                        .max()
                        .orElse(0),
                mean(a),
                mean(b),
                finding.effect(),
                varied ? interval : new Interval(Double.NaN, Double.NaN, CONFIDENCE));
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }
}
