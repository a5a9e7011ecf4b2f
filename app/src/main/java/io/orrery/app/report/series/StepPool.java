package io.orrery.app.report.series;

import java.util.ArrayList;
import java.util.List;

/** Step lists that many curves share, each embedded once. */
public final class StepPool {
    private final List<long[]> lists = new ArrayList<>();
    private final java.util.Map<List<Long>, Integer> index = new java.util.HashMap<>();

    /** The number by which the page's script finds these steps. */
    public int index(long[] steps) {
        List<Long> key = java.util.Arrays.stream(steps).boxed().toList();
        return index.computeIfAbsent(key, k -> {
            lists.add(steps);
            return lists.size() - 1;
        });
    }

    /** The lists of steps so far, at the places that {@link #index} gave. */
    public List<long[]> lists() {
        return lists;
    }
}
