package io.orrery.app.report.bench;

import io.orrery.app.report.PageBuilder;
import io.orrery.app.report.claim.ClaimPage;
import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.figure.RatiosFigure;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of a bench: what was timed on which machine, how much faster or slower, and what the numbers mean. */
final class BenchPage {
    private static final String TWO_THREADS = "-T2";

    private final List<BenchEvent> events;
    private final BenchEvent machine;
    private final String command;
    private final PageBuilder page = new PageBuilder();

    private BenchPage(List<BenchEvent> events, String command) {
        this.events = events;
        this.machine = events.getFirst();
        this.command = command;
    }

    /** The page's HTML. */
    static String of(List<BenchEvent> events, String command) {
        return new BenchPage(events, command).html();
    }

    private String html() {
        page.part("summary", "Summary", "", summary());
        page.part(
                "machine",
                "The machine",
                "Times hold for it alone; ratios of what is timed in turns carry further.",
                machine());
        page.part("meaning", "What the numbers mean", "", meaning());
        for (BenchEvent suite : suites()) {
            page.part(suite.text("suite"), title(suite), suite.text("about"), content(suite));
        }
        page.part("repeat", "How to repeat this", "", "<pre>" + Html.escape(command) + "</pre>\n");
        return page.html(
                new PageBuilder.Head(
                        "bench",
                        "The engine beside its peers",
                        "The same work done in turns in one run: how long it takes, and how much faster or slower that is.",
                        facts(),
                        machine.text("orrery")),
                List.of(),
                List.of());
    }

    private List<BenchEvent> suites() {
        return events.stream()
                .filter(event -> event.text("event").equals("suite"))
                .toList();
    }

    private List<BenchEvent> of(String event, BenchEvent suite) {
        return events.stream().filter(e -> e.is(event, suite.text("suite"))).toList();
    }

    private static String title(BenchEvent suite) {
        String name = ClaimPage.capital(suite.text("title"));
        return suite.text("peer").isEmpty() ? name : name + ", against " + suite.text("peer");
    }

    private String facts() {
        return String.join(
                " · ",
                machine.text("processor"),
                Numbers.whole((long) machine.number("cores")) + " cores",
                "JDK " + machine.text("java"),
                machine.text("started"));
    }

    private String summary() {
        StringBuilder html = new StringBuilder("<dl class=\"tiles\">\n");
        for (BenchEvent suite : suites()) {
            BenchEvent summary = suite.inside("summary");
            if (summary.has("failed")) {
                html.append(tile(suite.text("title"), "failed", Html.escape(summary.text("failed")), true));
            }
            ratioTile(html, suite.text("title"), summary, suite);
            ratioTile(html, suite.text("title") + ", two threads", summary.inside("twoThreads"), suite);
            if (summary.has("eightRunsTwoCores")) {
                html.append(tile(
                        "Eight runs on two cores",
                        times(summary.number("eightRunsTwoCores")),
                        "one core = 1; arithmetic alone: " + times(summary.number("arithmeticTwoCores")),
                        false));
            }
            if (summary.has("firstStepSeconds")) {
                html.append(tile(
                        "Command to first step",
                        Numbers.seconds(summary.number("firstStepSeconds")),
                        "best " + Numbers.seconds(summary.number("bestSeconds")),
                        false));
            }
            if (summary.has("fallen")) {
                html.append(tile(
                        "Kernels that fell",
                        Numbers.text(summary.number("fallen")),
                        "of " + Numbers.text(summary.number("kernels")) + " guarded",
                        summary.number("fallen") > 0));
            }
            if (summary.has("microsecondsBatch4")) {
                html.append(tile(
                        "A step of 20-32-32-1, batch 4",
                        Numbers.text(round(summary.number("microsecondsBatch4"))) + " µs",
                        "double precision",
                        false));
            }
        }
        return html.append("</dl>\n").toString();
    }

    private static void ratioTile(StringBuilder html, String label, BenchEvent summary, BenchEvent suite) {
        if (!summary.has("geomean")) {
            return;
        }
        double target = suite.number("target");
        double least = suite.number("least");
        boolean missed = summary.number("geomean") < target || summary.number("min") < least;
        String aim = Double.isNaN(target)
                ? ""
                : "; aims: " + times(target) + (Double.isNaN(least) ? "" : ", least " + times(least));
        html.append(
                tile(label, times(summary.number("geomean")), "least " + times(summary.number("min")) + aim, missed));
    }

    private static String tile(String label, String value, String range, boolean bad) {
        return "<div class=\"tile" + (bad ? " bad" : "") + "\"><dt>" + Html.escape(label) + "</dt><dd>" + value
                + "</dd><dd class=\"range\">" + range + "</dd></div>\n";
    }

    private String machine() {
        Table table = new Table(List.of("", "found"));
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("processor", machine.text("processor") + ", " + (int) machine.number("cores") + " cores");
        rows.put("vectors", machine.text("vectors"));
        rows.put(
                "multiply-add peak of one core",
                Numbers.text(round(machine.number("peak"))) + " GFLOP/s, single precision, registers only");
        rows.put(
                "memory bandwidth of one core",
                Numbers.text(round(machine.number("bandwidth"))) + " GB/s, copying, reading and writing counted");
        rows.put("Java", machine.text("java"));
        rows.put("system", machine.text("system"));
        rows.put("Orrery", machine.text("orrery"));
        rows.put("peer", machine.text("peer"));
        rows.put("its idle threads", machine.text("waitingTheirs"));
        rows.put("our idle threads", machine.text("waitingOurs"));
        rows.put("between turns", machine.text("waitingTurns"));
        rows.forEach((name, found) -> {
            if (!found.isEmpty()) {
                table.row(List.of(name, Html.escape(found)));
            }
        });
        return table.html("What was measured at the start and what was found");
    }

    private static String meaning() {
        return """
                <ul class="plain">
                <li><strong>Ratio</strong>: the peer's median time over ours. 2 means that ours takes half the time; below 1 the peer is faster.</li>
                <li><strong>Turns</strong>: both sides are warmed up until they get no faster, then take turns of some 40 milliseconds, 7 to 25 times; who begins alternates, and what a turn begins with is not counted, since the other side has had the caches. Medians are over turns, so that neither drift nor a disturbed turn decides.</li>
                <li><strong>GFLOP/s</strong>: floating-point operations as the shapes give them (a multiply-add is two) over the median time. <strong>Share</strong>: of what multiply-adds in registers reached on one core between the same turns; for work that memory limits, of the bandwidth at the start.</li>
                <li><strong>Cores</strong>: processor time over the clock while a side had its turn: ours / theirs. It shows a side that uses fewer or more cores than it was given.</li>
                <li>The mean of ratios is the geometric one: twice as fast here and half as fast there is no gain.</li>
                </ul>
                """;
    }

    private String content(BenchEvent suite) {
        String failed = suite.inside("summary").text("failed");
        String html = failed.isEmpty() ? "" : ClaimPage.note("The suite failed: " + failed, true);
        return html
                + contests(suite)
                + scaling(suite)
                + BenchTables.startup(of("startup", suite))
                + BenchTables.looks(of("look", suite))
                + BenchTables.memory(of("memory", suite))
                + BenchTables.guards(of("guard", suite));
    }

    private String contests(BenchEvent suite) {
        List<BenchEvent> contests = of("contest", suite);
        if (contests.isEmpty()) {
            return "";
        }
        List<String> rows = contests.stream().map(BenchPage::shape).distinct().toList();
        List<RatiosFigure.Line> lines = new ArrayList<>();
        for (int threads : contests.stream()
                .mapToInt(contest -> (int) contest.number("threads"))
                .distinct()
                .sorted()
                .toArray()) {
            Map<String, Double> ratios = contests.stream()
                    .filter(contest -> contest.number("threads") == threads)
                    .collect(Collectors.toMap(BenchPage::shape, contest -> contest.number("ratio"), (_, last) -> last));
            lines.add(new RatiosFigure.Line(
                    threads + (threads == 1 ? " thread" : " threads"),
                    rows.stream()
                            .map(row -> ratios.getOrDefault(row, Double.NaN))
                            .toList()));
        }
        PageFigure figure = RatiosFigure.of(
                "Ratios by shape",
                "The peer's median time over ours. Right of 1: ours is faster.",
                "ratio",
                rows,
                lines,
                marks(suite));
        return "<div class=\"figures\">\n" + page.figures(List.of(figure)) + "</div>\n"
                + BenchTables.contests(contests, suite.text("peer"));
    }

    private static String shape(BenchEvent contest) {
        String shape = contest.text("shape");
        return shape.endsWith(TWO_THREADS) ? shape.substring(0, shape.length() - TWO_THREADS.length()) : shape;
    }

    private static List<RatiosFigure.Mark> marks(BenchEvent suite) {
        return List.of(new RatiosFigure.Mark("", 1), new RatiosFigure.Mark("aim", suite.number("target")));
    }

    private String scaling(BenchEvent suite) {
        List<BenchEvent> events = of("scaling", suite);
        if (events.isEmpty()) {
            return "";
        }
        PageFigure figure = RatiosFigure.of(
                "Two cores over one",
                "Time on one core over time on two. What arithmetic alone gains is the most that this machine allows.",
                "times as fast",
                events.stream().map(event -> event.text("shape")).toList(),
                List.of(new RatiosFigure.Line(
                        "two cores",
                        events.stream().map(event -> event.number("ratio")).toList())),
                marks(suite));
        return "<div class=\"figures\">\n" + page.figures(List.of(figure)) + "</div>\n" + BenchTables.scaling(events);
    }

    static String times(double ratio) {
        return Double.isFinite(ratio)
                ? "×\u00a0" + String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio)
                : Numbers.text(ratio);
    }

    /** Three significant digits: what a repetition would give again. */
    static double round(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(3)).doubleValue()
                : value;
    }
}
