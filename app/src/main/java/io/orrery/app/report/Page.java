package io.orrery.app.report;

import io.orrery.lab.book.RecordedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the parts of a report into its page. */
final class Page {
    static final String ECHARTS_VERSION = "5.3.1";
    private static final String ECHARTS =
            "/META-INF/resources/webjars/echarts/" + ECHARTS_VERSION + "/dist/echarts.min.js";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final StudyReport study;
    private final StudyData data;
    private final StepPool pool = new StepPool();
    private final List<Figure> figures = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Map<String, String> contents = new LinkedHashMap<>();

    private Page(StudyReport study) {
        this.study = study;
        this.data = new StudyData(study.runs());
    }

    /** The page's HTML. */
    static String of(StudyReport study) {
        return new Page(study).html();
    }

    private String html() {
        part("summary", "Summary", "", summary());
        for (Section section : new Sections(data, pool).all()) {
            part(section.id(), section.title(), section.lead(), figures(section));
        }
        part("runs", "Runs", "", RunsPart.html(data));
        part(
                "spec",
                "The spec",
                "Everything the numbers depend on, every default written out."
                        + (data.settings().size() > 1 ? " One spec per setting of the grid." : ""),
                SpecPart.html(data));
        part("conventions", "Conventions", "", SummaryPart.conventions());
        part("costs", "Costs", "Times depend on the machine; nothing else in this page does.", CostsPart.html(data));
        part("provenance", "Provenance", "", ProvenancePart.html(data));
        part("repeat", "How to repeat this", "", repeat());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("title", Html.escape(study.title()));
        values.put(
                "question",
                study.question().isBlank() ? "" : "<p class=\"question\">" + Html.escape(study.question()) + "</p>");
        values.put("facts", Html.escape(facts()));
        values.put(
                "contents",
                contents.entrySet().stream()
                        .map(e -> "<li><a href=\"#" + e.getKey() + "\">" + Html.escape(e.getValue()) + "</a></li>")
                        .collect(Collectors.joining("\n")));
        values.put("body", body.toString());
        values.put("version", Html.escape(ProvenancePart.shared(data, "orrery").orElse("")));
        values.put("echarts", ECHARTS_VERSION);
        values.put("data", chartData());
        values.put("library", Html.script(ReportWriter.resource(ECHARTS)));
        for (String own : List.of("charts.js", "report.js")) {
            values.put(own.equals("charts.js") ? "charts" : "script", Html.script(ReportWriter.resource(own)));
        }
        values.put("style", ReportWriter.resource("report.css"));
        return fill(ReportWriter.resource("report.html"), values);
    }

    /** One pass over the template: what is put in is never searched for places. */
    static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("the template has an unknown place " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private void part(String id, String title, String lead, String content) {
        if (content.isEmpty()) {
            return;
        }
        contents.put(id, title);
        body.append("<section id=\"")
                .append(id)
                .append("\" aria-labelledby=\"")
                .append(id)
                .append("-title\">\n<h2 id=\"")
                .append(id)
                .append("-title\">")
                .append(Html.escape(title))
                .append("</h2>\n")
                .append(lead.isEmpty() ? "" : "<p class=\"lead\">" + Html.escape(lead) + "</p>\n")
                .append(content)
                .append("</section>\n");
    }

    private String summary() {
        String numbers = KeyNumbers.tiles(data) + KeyNumbers.bySetting(data);
        String words = SummaryPart.sentences(data);
        return RunsPart.warning(data) + (data.settings().size() == 1 ? words + numbers : numbers + words);
    }

    private String figures(Section section) {
        String html = "<div class=\"figures\">\n" + figures(section.figures()) + "</div>\n";
        return section.further().isEmpty()
                ? html
                : html + "<details class=\"further\"><summary>Further readings</summary><div class=\"figures\">\n"
                        + figures(section.further()) + "</div></details>\n";
    }

    private String figures(List<Figure> shown) {
        StringBuilder html = new StringBuilder();
        for (Figure figure : shown) {
            int number = figures.size();
            figures.add(figure);
            boolean square = List.of("histogram", "matrix")
                    .contains(String.valueOf(figure.chart().get("kind")));
            html.append(square ? "<figure class=\"square\"" : "<figure")
                    .append(" data-figure=\"")
                    .append(number)
                    .append("\"><figcaption><h3>")
                    .append(Html.escape(figure.title()))
                    .append("</h3>")
                    .append(figure.caption().isEmpty() ? "" : "<p>" + Html.escape(figure.caption()) + "</p>")
                    .append(
                            "</figcaption>\n<div class=\"legend\"></div><div class=\"chart\" role=\"img\" aria-label=\"")
                    .append(Html.escape(described(figure)))
                    .append("\"></div>\n")
                    .append(numbers(figure))
                    .append("</figure>\n");
        }
        return html.toString();
    }

    /** The chart in words, for those who hear the page. */
    private static String described(Figure figure) {
        String numbers = figure.rows().stream()
                .limit(6)
                .map(row -> row.getFirst() + ": "
                        + java.util.stream.IntStream.range(1, row.size())
                                .mapToObj(i -> figure.columns().get(i) + " " + row.get(i))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return "Chart: " + figure.title() + (numbers.isEmpty() ? "" : ". " + numbers);
    }

    private static String numbers(Figure figure) {
        if (figure.rows().isEmpty()) {
            return "";
        }
        Table table = new Table(figure.columns());
        figure.rows().forEach(row -> table.row(row.stream().map(Html::escape).toList()));
        return "<details><summary>Numbers</summary>" + table.html(Html.escape(figure.title())) + "</details>\n";
    }

    private String chartData() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("settings", data.settings().stream().map(Setting::label).toList());
        all.put("steps", pool.lists());
        all.put("figures", figures.stream().map(Figure::chart).toList());
        return ChartJson.of(all);
    }

    private String facts() {
        long steps = data.runs().stream()
                .mapToLong(r -> r.end().map(end -> end.steps()).orElse(0L))
                .max()
                .orElse(0);
        List<String> facts = new ArrayList<>();
        facts.add(count(data.runs().size(), "run"));
        if (data.settings().size() > 1) {
            facts.add(count(data.settings().size(), "setting"));
        }
        facts.add(count(data.runs().stream().map(RecordedRun::seed).distinct().count(), "seed"));
        if (steps > 0) {
            facts.add("up to " + Numbers.whole(steps) + " steps");
        }
        ProvenancePart.shared(data, "orrery").ifPresent(version -> facts.add("Orrery " + version));
        return String.join(" · ", facts);
    }

    private static String count(long number, String noun) {
        return Numbers.whole(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private String repeat() {
        String seeds = data.runs().stream()
                .map(RecordedRun::seed)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        StringBuilder html = new StringBuilder();
        if (!study.command().isBlank()) {
            html.append("<p>The whole study:</p><pre>")
                    .append(Html.escape(study.command()))
                    .append("</pre>\n");
        }
        Setting first = data.settings().getFirst();
        String file = SpecPart.name(first.runs().getFirst().study(), first);
        return html.append("<p>From this page alone: save ")
                .append(data.settings().size() == 1 ? "the spec above" : "the spec of a setting above")
                .append(
                        " and run it. The same version, spec and seed give the same digests, on any number of threads.</p><pre>")
                .append(Html.escape("./orrery run " + file + " --seeds " + seeds))
                .append("</pre>\n")
                .toString();
    }
}
