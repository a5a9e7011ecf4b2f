package io.orrery.app.report.part;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Table;
import io.orrery.lab.reference.Conventions;
import io.orrery.lab.study.Summary;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import java.util.List;

/** What was seen, in words, and what the words mean exactly. */
public final class SummaryPart {
    private SummaryPart() {}

    /** More contrasts than this are folded. */
    private static final int OPEN_CONTRASTS = 2;

    /** What decay changed, where the study holds it: the only sentences with marks. Empty otherwise. */
    public static String contrasts(Summary summary) {
        List<Summary.Contrast> contrasts = summary.contrasts();
        StringBuilder html = new StringBuilder();
        for (Summary.Contrast contrast : contrasts) {
            boolean open = contrasts.size() <= OPEN_CONTRASTS;
            String title = "What decay changes: " + Html.escape(contrast.title());
            html.append(open ? "<h3>" + title + "</h3>" : "<details class=\"setting\"><summary>" + title + "</summary>")
                    .append(list(contrast.sentences()))
                    .append(open ? "" : "</details>\n");
        }
        return contrasts.isEmpty()
                ? ""
                : html + "<p class=\"lead\">" + Html.escape(Summary.howContrastsAreJudged()) + "</p>\n";
    }

    /** The facts; with a grid folded, setting by setting. */
    public static String facts(Summary summary) {
        boolean grid = summary.settings().size() > 1;
        StringBuilder html =
                new StringBuilder(grid ? "<p class=\"lead\">What was read, setting by setting:</p>\n" : "");
        for (Summary.OfSetting setting : summary.settings()) {
            if (setting.sentences().isEmpty()) {
                continue;
            }
            html.append(
                            grid
                                    ? "<details class=\"setting\"><summary>" + Html.escape(setting.label())
                                            + "</summary>"
                                    : "")
                    .append(list(setting.sentences()))
                    .append(grid ? "</details>\n" : "");
        }
        return html.toString();
    }

    private static String list(List<Sentence> sentences) {
        StringBuilder html = new StringBuilder("<ul class=\"sentences\">\n");
        for (Sentence sentence : sentences) {
            html.append("<li class=\"")
                    .append(Html.anchor(sentence.mark().name()))
                    .append("\">")
                    .append(Html.escape(sentence.text()))
                    .append(badge(sentence.mark()))
                    .append("</li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    /** The table of conventions. */
    public static String conventions() {
        Table table = new Table(List.of("quantity", "here", "in PyTorch or published code"));
        Conventions.all()
                .forEach(c -> table.row(
                        List.of(Html.escape(c.quantity()), Html.escape(c.here()), Html.escape(c.elsewhere()))));
        return table.html("What the quantities mean exactly");
    }

    private static String badge(Mark mark) {
        return switch (mark) {
            case AS_PREDICTED -> " <span class=\"mark\">as predicted</span>";
            case NOT_AS_PREDICTED -> " <span class=\"mark\">not as predicted</span>";
            case OPEN -> " <span class=\"mark\">open</span>";
            case FACT -> "";
        };
    }
}
