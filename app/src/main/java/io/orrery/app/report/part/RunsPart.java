package io.orrery.app.report.part;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StudyData;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of runs, and a warning for each that did not reach its end. */
public final class RunsPart {
    private RunsPart() {}

    /** The table of all runs. */
    public static String html(StudyData data) {
        boolean grid = data.settings().size() > 1;
        StringBuilder html = new StringBuilder();
        List<String> columns = new ArrayList<>(List.of("run"));
        if (grid) {
            columns.add("setting");
        }
        columns.addAll(List.of("#seed", "status", "#steps"));
        KeyNumbers.labels(data).forEach(label -> columns.add("#" + label));
        columns.addAll(List.of("digest of the parameters", "remark"));
        Table table = new Table(columns);
        for (GridPoint setting : data.settings()) {
            for (RecordedRun run : setting.runs()) {
                List<String> row = new ArrayList<>(List.of("<code>" + Html.escape(run.id()) + "</code>"));
                if (grid) {
                    row.add(Html.escape(setting.label()));
                }
                String status = run.end()
                        .map(end -> end.status().name().toLowerCase(Locale.ROOT))
                        .orElse("not finished");
                row.add(Long.toString(run.seed()));
                row.add("<span class=\"status " + Html.anchor(status) + "\">" + status + "</span>");
                row.add(run.end().map(end -> Numbers.whole(end.steps())).orElse("–"));
                row.addAll(KeyNumbers.ofRun(data, run));
                row.add(run.end()
                        .map(RunEnd::digest)
                        .filter(d -> !d.isEmpty())
                        .map(RunsPart::digest)
                        .orElse("–"));
                row.add(Html.escape(run.end().map(RunEnd::message).orElse("no end was recorded")
                        + run.thinned().map(how -> "; " + how).orElse("")));
                table.row(row);
            }
        }
        return html.append(table.html("Every run; numbers are its last finite readings"))
                .toString();
    }

    /** A note on what belongs to the study but is not in the page; empty if there is nothing. */
    public static String omitted(List<String> omitted) {
        if (omitted.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<div class=\"note bad\"><strong>Left out of this page:</strong><ul>");
        omitted.forEach(what -> html.append("<li>").append(Html.escape(what)).append("</li>"));
        return html.append("</ul></div>\n").toString();
    }

    /** A note on runs that diverged; empty if none did. */
    public static String warning(StudyData data) {
        List<RecordedRun> diverged = data.runs().stream()
                .filter(r -> r.end()
                        .filter(e -> e.status() == RunEnd.Status.DIVERGED)
                        .isPresent())
                .toList();
        if (diverged.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<div class=\"note bad\"><strong>")
                .append(diverged.size() == 1 ? "One run" : diverged.size() + " runs")
                .append(" of ")
                .append(data.runs().size())
                .append(
                        " diverged.</strong> Medians and bands leave them out where other seeds of the setting went on; a × marks where each was last seen.<ul>");
        for (RecordedRun run : diverged.subList(0, Math.min(8, diverged.size()))) {
            RunEnd end = run.end().orElseThrow();
            html.append("<li>")
                    .append(run.setting().isEmpty() ? "" : Html.escape(setting(data, run)) + ", ")
                    .append("seed ")
                    .append(run.seed())
                    .append(": ")
                    .append(Html.escape(
                            end.message().isEmpty() ? "at step " + Numbers.whole(end.steps()) : end.message()))
                    .append("</li>");
        }
        return html.append(diverged.size() > 8 ? "<li>and others, see the table of runs</li>" : "")
                .append("</ul></div>\n")
                .toString();
    }

    private static String setting(StudyData data, RecordedRun run) {
        return data.settings().stream()
                .filter(s -> s.runs().contains(run))
                .findFirst()
                .map(GridPoint::label)
                .orElse("");
    }

    private static String digest(String digest) {
        return "<code title=\"" + Html.escape(digest) + "\">"
                + Html.escape(digest.substring(0, Math.min(16, digest.length()))) + "</code>";
    }
}
