package io.orrery.app.report.part;

import io.orrery.app.report.figure.Band;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.SeriesKey;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Trace;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.study.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The numbers a reader looks for first: at the end of the runs, medians over seeds. */
public final class KeyNumbers {
    /** A number worth a tile. */
    private record Key(String label, SeriesKey series, boolean percent) {}

    private static final int IN_TABLE_OF_RUNS = 4;

    private KeyNumbers() {}

    /** Counts and what the runs ended at; empty with a grid, where a number over settings would be true of none of them. */
    public static String tiles(StudyData data) {
        if (data.settings().size() > 1) {
            return "";
        }
        StringBuilder html = new StringBuilder("<dl class=\"tiles\">\n");
        int runs = data.runs().size();
        long diverged = count(data, RunEnd.Status.DIVERGED);
        html.append(tile("runs", Numbers.whole(runs), counts(data)));
        if (diverged > 0) {
            html.append(tile("diverged", Numbers.whole(diverged), "of " + runs, "tile bad"));
        }
        for (Key key : present(data)) {
            double[] values = last(data, key, data.settings().getFirst());
            if (values.length > 0) {
                html.append(tile(key.label(), text(key, Band.quantile(values, 0.5)), basis(key, values)));
            }
        }
        return html.append("</dl>\n").toString();
    }

    /** {@code median of 5, 0.9 to 1.2}: what a tile's number is. */
    private static String basis(Key key, double[] values) {
        String low = text(key, values[0]);
        String high = text(key, values[values.length - 1]);
        return values.length == 1
                ? "one seed"
                : "median of " + values.length + " seeds" + (low.equals(high) ? "" : ", " + low + " to " + high);
    }

    /** The table of settings by key numbers; empty without a grid. */
    public static String bySetting(StudyData data) {
        if (data.settings().size() < 2) {
            return "";
        }
        List<Key> keys = present(data);
        List<String> columns = new ArrayList<>(List.of("setting", "#seeds", "#diverged"));
        keys.forEach(key -> columns.add("#" + key.label()));
        Table table = new Table(columns);
        for (GridPoint setting : data.settings()) {
            List<String> row = new ArrayList<>(List.of(
                    Html.escape(setting.label()),
                    Numbers.whole(setting.runs().size()),
                    Numbers.whole(setting.runs().stream()
                            .filter(r -> r.end()
                                    .map(RunEnd::status)
                                    .filter(RunEnd.Status.DIVERGED::equals)
                                    .isPresent())
                            .count())));
            for (Key key : keys) {
                double[] values = last(data, key, setting);
                row.add(
                        values.length == 0
                                ? "–"
                                : text(key, Band.quantile(values, 0.5))
                                        + (values.length > 1
                                                        && !text(key, values[0])
                                                                .equals(text(key, values[values.length - 1]))
                                                ? "<br><small>" + text(key, values[0]) + " to "
                                                        + text(key, values[values.length - 1]) + "</small>"
                                                : ""));
            }
            table.row(row);
        }
        return table.html(
                "Last readings by setting: median over seeds, lowest to highest below; diverged or unfinished runs do not count");
    }

    /** Labels and last readings of one run, for the table of runs. */
    public static List<String> labels(StudyData data) {
        return present(data).stream().limit(IN_TABLE_OF_RUNS).map(Key::label).toList();
    }

    /** The last finite readings of one run under {@link #labels}. */
    public static List<String> ofRun(StudyData data, RecordedRun run) {
        return present(data).stream()
                .limit(IN_TABLE_OF_RUNS)
                .map(key -> data.traces(key.series()).stream()
                        .filter(t -> t.run() == run)
                        .findFirst()
                        .map(t -> text(key, t.lastFinite()))
                        .orElse("–"))
                .toList();
    }

    /** What the instruments say is looked for first, where it was read. */
    private static List<Key> present(StudyData data) {
        List<Key> present = new ArrayList<>();
        for (Instrument instrument : data.instruments()) {
            for (KeyNumber number : instrument.figures().keyNumbers()) {
                SeriesKey series = new SeriesKey(instrument.name(), number.quantity(), "", number.split());
                boolean tooMany = number.unless()
                        .map(other -> new SeriesKey(instrument.name(), other, "", number.split()))
                        .filter(data.keys()::contains)
                        .isPresent();
                if (data.keys().contains(series) && !tooMany) {
                    present.add(new Key(number.label(), series, number.percent()));
                }
            }
        }
        return present;
    }

    /** Last readings of the runs that count, where they are finite, in order of size. */
    private static double[] last(StudyData data, Key key, GridPoint setting) {
        List<RecordedRun> counted = Counted.of(setting.runs());
        return data.traces(key.series(), setting).stream()
                .filter(trace -> counted.contains(trace.run()))
                .mapToDouble(Trace::last)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private static String counts(StudyData data) {
        long seeds = Arrays.stream(data.runs().stream().mapToLong(r -> r.seed()).toArray())
                .distinct()
                .count();
        return seeds + (seeds == 1 ? " seed" : " seeds");
    }

    private static long count(StudyData data, RunEnd.Status status) {
        return data.runs().stream()
                .map(r -> r.end().map(RunEnd::status))
                .filter(Optional.of(status)::equals)
                .count();
    }

    private static String text(Key key, double value) {
        return key.percent() ? Numbers.percent(value) : Numbers.text(value);
    }

    private static String tile(String label, String value, String range) {
        return tile(label, value, range, "tile");
    }

    private static String tile(String label, String value, String range, String style) {
        return "<div class=\"" + style + "\"><dt>" + Html.escape(label) + "</dt><dd>" + value + "</dd>"
                + (range.isEmpty() ? "" : "<dd class=\"range\">" + range + "</dd>") + "</div>\n";
    }
}
