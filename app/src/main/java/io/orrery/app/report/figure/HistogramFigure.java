package io.orrery.app.report.figure;

import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Trace;
import io.orrery.app.report.series.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Histograms over time. A reading holds its lower edge, its upper edge, then the share in each of equal bins between them; as
 * the edges move from look to look, all are put on the same bins first.
 */
final class HistogramFigure {
    private static final int BINS = 48;
    private static final int LOOKS = 48;

    private HistogramFigure() {}

    /** The figure. */
    static PageFigure of(
            String title, String caption, String axis, List<Variant> variants, StudyData data, StepPool pool) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Variant variant : variants) {
            for (GridPoint setting : data.settings()) {
                for (Trace trace : VectorFigure.counted(data.traces(variant.key(), setting))) {
                    for (double[] reading : trace.values()) {
                        if (sound(reading)) {
                            low = Math.min(low, reading[0]);
                            high = Math.max(high, reading[1]);
                        }
                    }
                }
            }
        }
        double[] edges = edges(low, high);
        List<Object> lines = new ArrayList<>();
        for (int v = 0; v < variants.size(); v++) {
            for (GridPoint setting : data.settings()) {
                List<Trace> traces =
                        VectorFigure.counted(data.traces(variants.get(v).key(), setting));
                long[] steps = VectorFigure.looks(traces, LOOKS);
                if (steps.length > 0) {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("s", setting.index());
                    line.put("v", v);
                    line.put("x", pool.index(steps));
                    line.put(
                            "rows",
                            Arrays.stream(steps)
                                    .mapToObj(step -> mean(traces, step, edges))
                                    .toList());
                    lines.add(line);
                }
            }
        }
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", "histogram");
        chart.put("variants", variants.stream().map(Variant::label).toList());
        chart.put("unit", axis);
        chart.put("edges", edges);
        chart.put("lines", lines);
        return new PageFigure(title, caption, chart, List.of(), List.of());
    }

    /** Shares on new bins, each old bin spread evenly over those it overlaps. What lies outside the edges is lost. */
    static double[] rebinned(double[] reading, double[] edges) {
        int bins = reading.length - 2;
        double width = (reading[1] - reading[0]) / bins;
        double[] shares = new double[edges.length - 1];
        for (int b = 0; b < bins; b++) {
            double from = reading[0] + b * width;
            for (int i = 0; i < shares.length; i++) {
                if (width > 0) {
                    double overlap = Math.min(from + width, edges[i + 1]) - Math.max(from, edges[i]);
                    shares[i] += overlap > 0 ? reading[2 + b] * overlap / width : 0;
                } else if (edges[i] <= from && (from < edges[i + 1] || i == shares.length - 1)) {
                    shares[i] += reading[2 + b];
                    break;
                }
            }
        }
        return shares;
    }

    private static double[] mean(List<Trace> traces, long step, double[] edges) {
        double[] mean = new double[edges.length - 1];
        List<double[]> readings = traces.stream()
                .map(t -> t.vectorAt(step))
                .filter(HistogramFigure::sound)
                .toList();
        for (double[] reading : readings) {
            double[] shares = rebinned(reading, edges);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += shares[i] / readings.size();
            }
        }
        // Three decimals of a percent are more than a colour shows, and keep the page small.
        return Arrays.stream(mean).map(v -> Math.rint(v * 1e5) / 1e5).toArray();
    }

    private static double[] edges(double low, double high) {
        double from = low <= high ? low : 0;
        double to = low < high ? high : from + 1;
        double[] edges = new double[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = from + (to - from) * i / BINS;
        }
        return edges;
    }

    private static boolean sound(double[] reading) {
        return reading.length > 2 && Arrays.stream(reading).allMatch(Double::isFinite);
    }
}
