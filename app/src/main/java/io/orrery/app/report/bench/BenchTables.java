package io.orrery.app.report.bench;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import java.util.List;
import java.util.Locale;

/** The tables of a bench's page: medians and what follows from them. Empty where nothing was measured. */
final class BenchTables {
    private static final double MEGABYTE = 1 << 20;

    private BenchTables() {}

    /** Times, ratios, speeds. */
    static String contests(List<BenchEvent> contests, String peer) {
        Table table =
                new Table(List.of("shape", "#threads", "#ours", "#" + peer, "#ratio", "#speed", "#share", "#cores"));
        for (BenchEvent contest : contests) {
            boolean memory = contest.has("gigabytes");
            table.row(List.of(
                    Html.escape(contest.text("shape")),
                    Numbers.whole((long) contest.number("threads")),
                    micros(contest.number("oursMicroseconds")),
                    micros(contest.number("theirsMicroseconds")),
                    BenchPage.times(contest.number("ratio")),
                    memory
                            ? number(contest.number("gigabytes")) + " GB/s"
                            : number(contest.number("gigaflops")) + " GFLOP/s",
                    percent(contest.number(memory ? "bandwidthShare" : "peakShare")),
                    String.format(
                            Locale.ROOT, "%.1f / %.1f", contest.number("oursCores"), contest.number("theirsCores"))));
        }
        return table.html("Median times of one repetition; speed and share are ours");
    }

    /** Studies on one core and on two. */
    static String scaling(List<BenchEvent> events) {
        Table table = new Table(List.of("work", "#one core", "#two cores", "#times as fast"));
        events.forEach(event -> table.row(List.of(
                Html.escape(event.text("shape")),
                Numbers.seconds(event.number("oneCoreSeconds")),
                Numbers.seconds(event.number("twoCoresSeconds")),
                BenchPage.times(event.number("ratio")))));
        return table.html("Median times over rounds whose order alternates");
    }

    /** Seconds of what happens after the command. */
    static String startup(List<BenchEvent> events) {
        if (events.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("until", "#median", "#best", "#aim"));
        events.forEach(event -> table.row(List.of(
                Html.escape(event.text("until")),
                Numbers.seconds(event.number("medianSeconds")),
                Numbers.seconds(event.number("bestSeconds")),
                Double.isFinite(event.number("aimSeconds")) ? Numbers.seconds(event.number("aimSeconds")) : "–")));
        return table.html(
                "Through the launcher, as a person starts it; the first step from the command on, the rest from the first step on");
    }

    /** What looks cost. */
    static String looks(List<BenchEvent> events) {
        if (events.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("instrument", "#one look", "#in steps of the run"));
        events.forEach(event -> table.row(List.of(
                Html.escape(event.text("shape")),
                Numbers.text(BenchPage.round(1e3 * event.number("lookSeconds"))) + " ms",
                Numbers.text(Math.rint(event.number("steps"))))));
        return table.html("Median time of a thorough look; the row all shares what instruments have in common");
    }

    /** Bytes of runs. */
    static String memory(List<BenchEvent> events) {
        if (events.isEmpty()) {
            return "";
        }
        Table table =
                new Table(List.of("width and examples", "#one more run", "#expected", "#after a look", "#the data"));
        events.forEach(event -> table.row(List.of(
                Html.escape(event.text("shape")),
                megabytes(event.number("runBytes")),
                megabytes(event.number("expectedBytes")),
                megabytes(event.number("lookedAtBytes")),
                megabytes(event.number("dataBytes")))));
        return table.html("Expected: the run's state twice and its plan's buffers; the data is shared by all runs");
    }

    /** Shares of the machine's limits that each kernel must keep. */
    static String guards(List<BenchEvent> events) {
        if (events.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("kernel", "#share", "#on record", "outcome"));
        events.forEach(event -> table.row(List.of(
                Html.escape(event.text("shape")),
                fine(event.number("share")),
                fine(event.number("expected")),
                event.text("outcome").equals("kept")
                        ? "<span class=\"chip supported\">kept</span>"
                        : "<span class=\"chip refuted\">" + Html.escape(event.text("outcome")) + "</span>")));
        return table.html("Share of the measured peak or bandwidth, and the share on record");
    }

    private static String micros(double micros) {
        return micros < 1000
                ? number(micros) + " µs"
                : micros < 1e6 ? number(micros / 1e3) + " ms" : Numbers.seconds(micros / 1e6);
    }

    private static String megabytes(double bytes) {
        return number(bytes / MEGABYTE) + " MB";
    }

    private static String number(double value) {
        return Numbers.text(BenchPage.round(value));
    }

    private static String fine(double share) {
        return Double.isFinite(share) ? number(100 * share) + "%" : "–";
    }

    private static String percent(double share) {
        return Double.isFinite(share) ? Math.round(100 * share) + "%" : "–";
    }
}
