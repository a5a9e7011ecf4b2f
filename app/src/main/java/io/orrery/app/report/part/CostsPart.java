package io.orrery.app.report.part;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.lab.book.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of the runs went. The only part of a report that depends on the machine. */
public final class CostsPart {
    private CostsPart() {}

    /** What measuring was predicted to cost, which readings were left out, and why: as each run recorded it. */
    private static String looks(List<RecordedRun> runs) {
        Map<List<String>, List<RecordedRun>> same = runs.stream()
                .filter(run -> run.end().isPresent() && !run.end().get().looks().isEmpty())
                .collect(Collectors.groupingBy(
                        run -> run.end().orElseThrow().looks(), LinkedHashMap::new, Collectors.toList()));
        StringBuilder html = new StringBuilder();
        same.forEach((sentences, group) -> {
            String whose = group.size() == runs.size()
                    ? ""
                    : group.stream()
                                    .map(run -> run.setting().isEmpty()
                                            ? "seed " + run.seed()
                                            : run.setting().entrySet().stream()
                                                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                                                    .collect(Collectors.joining(", ")))
                                    .distinct()
                                    .collect(Collectors.joining("; "))
                            + ": ";
            html.append("<p>")
                    .append(Html.escape(whose + String.join(" ", sentences)))
                    .append("</p>\n");
        });
        return html.toString();
    }

    /** The table of purposes, summed over runs; empty if no run recorded its time. */
    public static String html(List<RecordedRun> runs) {
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
        String share = seconds.containsKey("training")
                ? String.format(
                        Locale.ROOT, ", %.1f%% of it training", 100 * seconds.getOrDefault("training", 0.0) / total)
                : "";
        return looks(runs)
                + table.html("Time by purpose, summed over runs: " + Numbers.seconds(total) + " in all" + share);
    }
}
