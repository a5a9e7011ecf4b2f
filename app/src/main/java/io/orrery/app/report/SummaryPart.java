package io.orrery.app.report;

import io.orrery.lab.study.Conventions;
import io.orrery.lab.study.Summary;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import java.util.List;

/** What was seen, in words, each sentence marked by how it stands to theory; and what the words mean exactly. */
final class SummaryPart {
    private SummaryPart() {}

    /** The sentences; with a grid folded, setting by setting. */
    static String sentences(StudyData data) {
        StringBuilder html = new StringBuilder();
        boolean grid = data.settings().size() > 1;
        html.append(grid ? "<p class=\"lead\">In words, setting by setting:</p>\n" : "");
        for (Setting setting : data.settings()) {
            List<Sentence> sentences = Summary.of(setting.runs());
            if (sentences.isEmpty()) {
                continue;
            }
            String prefix = setting.values().isEmpty() ? "" : setting.label() + ": ";
            html.append(
                            grid
                                    ? "<details class=\"setting\"><summary>" + Html.escape(setting.label())
                                            + "</summary>"
                                    : "")
                    .append("<ul class=\"sentences\">\n");
            for (Sentence sentence : sentences) {
                String text = sentence.text();
                html.append("<li class=\"")
                        .append(Html.anchor(sentence.mark().name()))
                        .append("\">")
                        .append(Html.escape(grid && text.startsWith(prefix) ? text.substring(prefix.length()) : text))
                        .append(badge(sentence.mark()))
                        .append("</li>\n");
            }
            html.append("</ul>\n").append(grid ? "</details>\n" : "");
        }
        return html.toString();
    }

    /** The table of conventions. */
    static String conventions() {
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
