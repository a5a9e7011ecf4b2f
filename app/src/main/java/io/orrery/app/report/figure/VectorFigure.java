package io.orrery.app.report.figure;

import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.SeriesKey;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Trace;
import io.orrery.app.report.series.Variant;
import io.orrery.lab.study.RecordedClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Vectors over time, as means over seeds: spectra and square matrices. */
public final class VectorFigure {
    /** A spectrum longer than this is thinned, evenly in the logarithm of the index for half of its points. */
    private static final int MOST_ENTRIES = 120;

    private VectorFigure() {}

    /** What a vector is. */
    enum Kind {
        /** Values by index, on a logarithmic axis where they are positive. */
        SPECTRUM(8),
        /** A K x K matrix by rows. */
        MATRIX(24);

        private final int looks;

        Kind(int looks) {
            this.looks = looks;
        }
    }

    /**
     * What is to be drawn.
     *
     * @param byClass whether entries are of classes, by their labels: the figure then names them
     * @param countedBy the quantity that says how many entries there were before some were chosen
     * @param extra further entries for the page's script
     */
    record Plan(
            String title,
            String caption,
            Kind kind,
            List<Variant> variants,
            boolean byClass,
            Optional<String> countedBy,
            Map<String, Object> extra) {}

    /** The figure. */
    static PageFigure of(Plan plan, StudyData data, StepPool pool) {
        List<Object> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int v = 0; v < plan.variants().size(); v++) {
            Variant variant = plan.variants().get(v);
            for (GridPoint setting : data.settings()) {
                List<Trace> traces = counted(data.traces(variant.key(), setting));
                long[] steps = looks(traces, plan.kind().looks);
                if (steps.length == 0) {
                    continue;
                }
                List<double[]> vectors = Arrays.stream(steps)
                        .mapToObj(step -> VectorMean.at(traces, step))
                        .toList();
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("s", setting.index());
                line.put("v", v);
                line.put("x", pool.index(steps));
                if (plan.byClass()) {
                    line.put("classes", RecordedClasses.of(setting.runs().getFirst()));
                }
                if (plan.kind() == Kind.SPECTRUM) {
                    long[] entries = entries(vectors.getLast().length, count(plan, data, variant.key(), setting));
                    int[] chosen = Band.thin(entries, MOST_ENTRIES);
                    line.put(
                            "i",
                            Arrays.stream(chosen).mapToLong(i -> entries[i]).toArray());
                    line.put(
                            "rows",
                            vectors.stream().map(row -> pick(row, chosen)).toList());
                } else {
                    line.put("rows", vectors);
                }
                lines.add(line);
                rows.add(row(data, setting, variant, vectors.getFirst(), vectors.getLast()));
            }
        }
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", plan.kind().name().toLowerCase(java.util.Locale.ROOT));
        chart.put("variants", plan.variants().stream().map(Variant::label).toList());
        chart.putAll(plan.extra());
        chart.put("lines", lines);
        return new PageFigure(
                plan.title(), plan.caption(), chart, List.of("vector", "entries", "first look", "last look"), rows);
    }

    /** The runs that did not diverge; all runs if all did. */
    public static List<Trace> counted(List<Trace> traces) {
        List<Trace> sound = traces.stream().filter(t -> !t.diverged()).toList();
        return sound.isEmpty() ? traces : sound;
    }

    /** At most so many steps at which at least half of the traces have a finite vector. */
    static long[] looks(List<Trace> traces, int most) {
        Map<Long, Integer> readings = new TreeMap<>();
        for (Trace trace : traces) {
            for (int i = 0; i < trace.steps().length; i++) {
                if (Arrays.stream(trace.values()[i]).allMatch(Double::isFinite)) {
                    readings.merge(trace.steps()[i], 1, Integer::sum);
                }
            }
        }
        long[] all = readings.entrySet().stream()
                .filter(e -> 2 * e.getValue() >= traces.size())
                .mapToLong(Map.Entry::getKey)
                .toArray();
        return Arrays.stream(Band.thin(all, most)).mapToLong(i -> all[i]).toArray();
    }

    /** Indices from 1 of a spectrum's entries, which may be evenly chosen from more. */
    private static long[] entries(int length, int count) {
        return LongStream.range(0, length)
                .map(i -> count <= length ? i + 1 : 1 + Math.round((double) i * (count - 1) / (length - 1)))
                .toArray();
    }

    /** How many entries there were before some were chosen; 0 if the instrument does not say. */
    private static int count(Plan plan, StudyData data, SeriesKey key, GridPoint setting) {
        return plan.countedBy().stream()
                .map(count -> new SeriesKey(key.instrument(), count, key.layer(), key.split()))
                .flatMap(count -> data.traces(count, setting).stream())
                .mapToInt(trace -> (int) trace.lastFinite())
                .findFirst()
                .orElse(0);
    }

    private static double[] pick(double[] row, int[] chosen) {
        return Arrays.stream(chosen)
                .mapToDouble(i -> i < row.length ? row[i] : Double.NaN)
                .toArray();
    }

    private static List<String> row(StudyData data, GridPoint setting, Variant variant, double[] first, double[] last) {
        String name = data.settings().size() == 1 ? variant.label() : setting.label() + ", " + variant.label();
        return List.of(name, Numbers.whole(last.length), span(first), span(last));
    }

    private static String span(double[] vector) {
        return Numbers.text(Arrays.stream(vector).min().orElse(Double.NaN)) + " to "
                + Numbers.text(Arrays.stream(vector).max().orElse(Double.NaN));
    }
}
