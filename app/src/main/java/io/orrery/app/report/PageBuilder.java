package io.orrery.app.report;

import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.html.ChartJson;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page under construction: sections with their entries in the table of contents, and charts with their data. */
public final class PageBuilder {
    static final String ECHARTS_VERSION = "5.3.1";
    private static final String ECHARTS =
            "/META-INF/resources/webjars/echarts/" + ECHARTS_VERSION + "/dist/echarts.min.js";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final List<PageFigure> figures = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Map<String, String> contents = new LinkedHashMap<>();

    /**
     * The top of a page, as text.
     *
     * @param brand what sort of page it is
     * @param question stands under the title; empty for none
     * @param facts one line
     * @param version of Orrery; empty if unknown
     */
    public record Head(String brand, String title, String question, String facts, String version) {}

    /** Adds a section, unless its content is empty. Title and lead are text, the content is HTML. */
    public void part(String id, String title, String lead, String content) {
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

    /** Places for figures, which the page's script draws. */
    public String figures(List<PageFigure> shown) {
        StringBuilder html = new StringBuilder();
        for (PageFigure figure : shown) {
            int number = figures.size();
            figures.add(figure);
            html.append("<figure")
                    .append(shape(figure))
                    .append(" data-figure=\"")
                    .append(number)
                    .append("\"><figcaption><h3>")
                    .append(Html.escape(figure.title()))
                    .append("</h3>")
                    .append(figure.caption().isEmpty() ? "" : "<p>" + Html.escape(figure.caption()) + "</p>")
                    .append("</figcaption>\n<div class=\"legend\"></div><div class=\"chart\"" + height(figure)
                            + " role=\"img\" aria-label=\"")
                    .append(Html.escape(described(figure)))
                    .append("\"></div>\n")
                    .append(numbers(figure))
                    .append("</figure>\n");
        }
        return html.toString();
    }

    /**
     * The page.
     *
     * @param settings labels of the settings that curves are of; empty if figures name their curves
     * @param steps lists that curves share
     */
    public String html(Head head, List<String> settings, List<?> steps) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("settings", settings);
        all.put("steps", steps);
        all.put("figures", figures.stream().map(PageFigure::chart).toList());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("brand", Html.escape(head.brand()));
        values.put("title", Html.escape(head.title()));
        values.put(
                "question",
                head.question().isBlank() ? "" : "<p class=\"question\">" + Html.escape(head.question()) + "</p>");
        values.put("facts", Html.escape(head.facts()));
        values.put(
                "contents",
                contents.entrySet().stream()
                        .map(e -> "<li><a href=\"#" + e.getKey() + "\">" + Html.escape(e.getValue()) + "</a></li>")
                        .collect(Collectors.joining("\n")));
        values.put("body", body.toString());
        values.put("version", Html.escape(head.version()));
        values.put(
                "credits",
                figures.isEmpty()
                        ? ""
                        : " Charts by Apache ECharts " + ECHARTS_VERSION + ", under the Apache licence 2.0.");
        values.put("data", ChartJson.of(all));
        values.put("library", figures.isEmpty() ? "" : Html.script(ReportWriter.resource(ECHARTS)));
        values.put("charts", Html.script(ReportWriter.resource("charts.js")));
        values.put("script", Html.script(ReportWriter.resource("report.js")));
        values.put("style", ReportWriter.resource("report.css"));
        return fill(ReportWriter.resource("report.html"), values);
    }

    /** One pass over the template: what is put in is never searched for places. */
    private static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("the template has an unknown place " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String shape(PageFigure figure) {
        String kind = String.valueOf(figure.chart().get("kind"));
        if (List.of("histogram", "matrix").contains(kind)) {
            return " class=\"square\"";
        }
        return Boolean.TRUE.equals(figure.chart().get("wide")) ? " class=\"wide\"" : "";
    }

    /** A chart whose rows are many says how tall it is, in pixels. */
    private static String height(PageFigure figure) {
        Object pixels = figure.chart().get("height");
        return pixels == null ? "" : " style=\"height:" + pixels + "px\"";
    }

    /** The chart in words, for those who hear the page. */
    private static String described(PageFigure figure) {
        String numbers = figure.rows().stream()
                .limit(6)
                .map(row -> row.getFirst() + ": "
                        + IntStream.range(1, row.size())
                                .mapToObj(i -> figure.columns().get(i) + " " + row.get(i))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return "Chart: " + figure.title() + (numbers.isEmpty() ? "" : ". " + numbers);
    }

    private static String numbers(PageFigure figure) {
        if (figure.rows().isEmpty()) {
            return "";
        }
        Table table = new Table(figure.columns());
        figure.rows().forEach(row -> table.row(row.stream().map(Html::escape).toList()));
        return "<details><summary>Numbers</summary>" + table.html(Html.escape(figure.title())) + "</details>\n";
    }
}
