package io.orrery.app.report.figure;

import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A number of every layer against depth, a curve per look: medians over seeds. */
final class DepthFigure {
    private static final int LOOKS = 8;

    private DepthFigure() {}

    /** The figure; layers from input to output. */
    static PageFigure of(String title, String caption, List<Variant> layers, StudyData data, StepPool pool) {
        List<Object> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (GridPoint setting : data.settings()) {
            List<Band> bands = layers.stream()
                    .map(layer -> Band.over(data.traces(layer.key(), setting)))
                    .filter(band -> !band.isEmpty())
                    .toList();
            if (bands.size() < layers.size()) {
                continue;
            }
            TreeSet<Long> common = new TreeSet<>();
            Arrays.stream(bands.getFirst().steps()).forEach(common::add);
            bands.forEach(band -> common.removeIf(step -> Arrays.binarySearch(band.steps(), step) < 0));
            long[] all = common.stream().mapToLong(Long::longValue).toArray();
            long[] steps =
                    Arrays.stream(Band.thin(all, LOOKS)).mapToLong(i -> all[i]).toArray();
            if (steps.length == 0) {
                continue;
            }
            List<double[]> profiles =
                    Arrays.stream(steps).mapToObj(step -> profile(bands, step)).toList();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("s", setting.index());
            line.put("v", 0);
            line.put("x", pool.index(steps));
            line.put("rows", profiles);
            lines.add(line);
            for (int l = 0; l < layers.size(); l++) {
                String name = data.settings().size() == 1
                        ? layers.get(l).label()
                        : setting.label() + ", " + layers.get(l).label();
                rows.add(List.of(name, Numbers.text(profiles.getFirst()[l]), Numbers.text(profiles.getLast()[l])));
            }
        }
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", "depth");
        chart.put("variants", List.of(""));
        chart.put("layers", layers.stream().map(Variant::label).toList());
        chart.put("lines", lines);
        return new PageFigure(title, caption, chart, List.of("layer", "first look", "last look"), rows);
    }

    private static double[] profile(List<Band> bands, long step) {
        return bands.stream()
                .mapToDouble(band -> band.median()[Arrays.binarySearch(band.steps(), step)])
                .toArray();
    }
}
