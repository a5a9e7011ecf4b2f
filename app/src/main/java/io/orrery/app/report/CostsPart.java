package io.orrery.app.report;

import io.orrery.lab.book.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time of the runs went. The only part of a report that depends on the machine. */
final class CostsPart {
    private CostsPart() {}

    /** The table of purposes, summed over runs; empty if no run recorded its time. */
    static String html(List<RecordedRun> runs) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        runs.forEach(run -> run.end()
                .ifPresent(end -> end.seconds().forEach((purpose, time) -> seconds.merge(purpose, time, Double::sum))));
        double total =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(total > 0)) {
            return "";
        }
        Table table = new Table(List.of("purpose", "#time", "#share", ""));
        seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> {
                    double share = 100 * entry.getValue() / total;
                    table.row(List.of(
                            Html.escape(entry.getKey()),
                            Numbers.seconds(entry.getValue()),
                            String.format(Locale.ROOT, "%.1f%%", share),
                            String.format(
                                    Locale.ROOT,
                                    "<span class=\"share\"><i style=\"width:%.1f%%\"></i></span>",
                                    share)));
                });
        return table.html("Time by purpose, summed over runs: " + Numbers.seconds(total) + " in all, "
                + String.format(
                        Locale.ROOT, "%.1f%% of it training", 100 * seconds.getOrDefault("training", 0.0) / total));
    }
}
