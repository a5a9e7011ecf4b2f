package io.orrery.app.report.series;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.study.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One point of a study's grid with its runs, one per seed.
 *
 * @param index position in the grid, from 0
 * @param values the grid's keys and values here, empty without a grid
 * @param label the values as people read them, such as {@code decay.lambda = 0.001}; "all runs" without a grid
 */
public record GridPoint(int index, Map<String, String> values, String label, List<RecordedRun> runs) {

    /** The settings of runs, in order of first appearance. */
    public static List<GridPoint> of(List<RecordedRun> runs) {
        Map<Map<String, String>, List<RecordedRun>> groups = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            groups.computeIfAbsent(run.setting(), key -> new ArrayList<>()).add(run);
        }
        List<GridPoint> settings = new ArrayList<>();
        groups.forEach((values, members) ->
                settings.add(new GridPoint(settings.size(), values, label(values), List.copyOf(members))));
        return List.copyOf(settings);
    }

    private static String label(Map<String, String> values) {
        return values.isEmpty() ? "all runs" : Summary.label(values);
    }
}
