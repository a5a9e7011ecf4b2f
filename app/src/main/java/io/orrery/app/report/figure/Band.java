package io.orrery.app.report.figure;

import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A curve over seeds: at each step the median of the finite readings with their lowest and highest, or with their quartiles
 * when there are more than {@value #WHOLE_RANGE} seeds.
 */
public record Band(long[] steps, double[] low, double[] median, double[] high) {
    /** Up to this many seeds a band spans all of them. */
    static final int WHOLE_RANGE = 10;

    /**
     * The band of some traces. A step counts only if at least half of the traces under way at it have a finite reading there,
     * so that the last look of one run that stopped early does not bend the median of the others.
     */
    public static Band over(List<Trace> traces) {
        SortedSet<Long> all = new TreeSet<>();
        traces.forEach(t -> Arrays.stream(t.steps()).forEach(all::add));
        List<double[]> rows = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        for (long step : all) {
            double[] values = traces.stream()
                    .mapToDouble(t -> t.at(step))
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            long underWay = traces.stream()
                    .filter(t -> t.steps()[0] <= step && step <= t.steps()[t.steps().length - 1])
                    .count();
            if (values.length > 0 && 2 * values.length >= underWay) {
                boolean whole = traces.size() <= WHOLE_RANGE;
                kept.add(step);
                rows.add(new double[] {
                    quantile(values, whole ? 0 : 0.25), quantile(values, 0.5), quantile(values, whole ? 1 : 0.75)
                });
            }
        }
        return new Band(
                kept.stream().mapToLong(Long::longValue).toArray(), column(rows, 0), column(rows, 1), column(rows, 2));
    }

    /** What bands of these settings span, in words. */
    public static String spanned(List<GridPoint> settings) {
        long most = settings.stream()
                .mapToLong(setting -> setting.runs().size())
                .max()
                .orElse(0);
        return most > WHOLE_RANGE
                ? "quartiles (lowest to highest up to " + WHOLE_RANGE + " seeds)"
                : "lowest to highest";
    }

    /** At most about {@code points} points, see {@link #thin}. */
    Band thinned(int points) {
        int[] chosen = thin(steps, points);
        return new Band(
                Arrays.stream(chosen).mapToLong(i -> steps[i]).toArray(),
                pick(low, chosen),
                pick(median, chosen),
                pick(high, chosen));
    }

    boolean isEmpty() {
        return steps.length == 0;
    }

    /**
     * Indices of at most {@code points} steps, first and last included: half of them spread evenly, half evenly in the
     * logarithm, so that a curve keeps its shape on either axis.
     */
    public static int[] thin(long[] steps, int points) {
        if (steps.length <= points) {
            return IntStream.range(0, steps.length).toArray();
        }
        int last = steps.length - 1;
        int half = points / 2;
        SortedSet<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < half; i++) {
            double part = (double) i / (half - 1);
            chosen.add((int) Math.round(part * last));
            double low = Math.log1p(steps[0]);
            long target = Math.round(Math.expm1(low + part * (Math.log1p(steps[last]) - low)));
            int at = Arrays.binarySearch(steps, target);
            chosen.add(Math.min(last, at >= 0 ? at : -at - 1));
        }
        // Where both ways chose the same steps there is room left: halve the widest gaps.
        while (chosen.size() < points) {
            int from = 0;
            int widest = 1;
            int before = 0;
            for (int at : chosen) {
                if (at - before > widest) {
                    widest = at - before;
                    from = before;
                }
                before = at;
            }
            chosen.add(from + widest / 2);
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). */
    public static double quantile(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) position;
        double part = position - below;
        return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).toArray();
    }

    private static double[] pick(double[] values, int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
    }
}
