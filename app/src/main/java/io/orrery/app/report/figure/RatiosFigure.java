package io.orrery.app.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ratios by name, each as the way from 1, on a logarithmic axis: twice as fast and half as fast are equally far from it. */
public final class RatiosFigure {
    private static final int ROW = 28;
    private static final int FRAME = 72;

    /** Ratios under one name of the legend, one for each row; NaN for none. */
    public record Line(String name, List<Double> values) {}

    /** A line across all rows. */
    public record Mark(String name, double value) {}

    private RatiosFigure() {}

    /**
     * The figure.
     *
     * @param rows names of the rows, from top to bottom
     * @param axis what the numbers are
     */
    public static PageFigure of(
            String title, String caption, String axis, List<String> rows, List<Line> lines, List<Mark> marks) {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", "ratios");
        chart.put("wide", true);
        chart.put("height", FRAME + ROW * rows.size());
        chart.put("axis", axis);
        chart.put("names", rows);
        chart.put(
                "marks",
                marks.stream()
                        .filter(mark -> Double.isFinite(mark.value()))
                        .map(mark -> Map.<String, Object>of("name", mark.name(), "value", mark.value()))
                        .toList());
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("s", 0);
            entry.put("v", drawn.size());
            entry.put("name", line.name());
            entry.put(
                    "values",
                    line.values().stream().mapToDouble(Double::doubleValue).toArray());
            drawn.add(entry);
        }
        chart.put("lines", drawn);
        // The numbers stand in a table of their own, with the times that they come from.
        return new PageFigure(title, caption, chart, List.of(), List.of());
    }
}
