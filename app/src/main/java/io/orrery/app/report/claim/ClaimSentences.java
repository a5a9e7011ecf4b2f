package io.orrery.app.report.claim;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Table;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.List;
import java.util.stream.Collectors;

/** Every sentence of a claim with its own verdict, its findings, and what the control says to each. */
final class ClaimSentences {
    private ClaimSentences() {}

    /** The sentences beside each other: whose, what, and what became of it. */
    static String verdicts(ClaimResult result) {
        return result.sentences().stream()
                .map(judged -> "<div><h3>" + heading(judged.sentence()) + " "
                        + ClaimPage.chip(judged.verdict().outcome().word()) + "</h3><p>"
                        + Html.escape(text(result, judged.sentence())) + "</p>"
                        + from(judged.sentence())
                        + exploratory(judged.sentence())
                        + reason(judged.verdict()) + "</div>")
                .collect(Collectors.joining("", "<div class=\"beside\">", "</div>\n"));
    }

    /** A table of findings for each sentence. */
    static String findings(ClaimResult result) {
        StringBuilder html = new StringBuilder();
        for (JudgedSentence judged : result.sentences()) {
            Table table =
                    new Table(List.of("prediction", "#effect", "interval", "predicted", "", "rests on", "outcome"));
            for (Controlled controlled : judged.verdict().findings()) {
                Finding finding = controlled.finding();
                table.row(List.of(
                        Html.escape(ClaimPage.capital(finding.prediction())) + "<small class=\"words\">"
                                + Html.escape(ClaimPage.capital(finding.explanation())) + ".</small>",
                        number(finding.effect()),
                        interval(finding),
                        Html.escape(finding.threshold().text().replace('-', '−')),
                        picture(finding, finding.outcome().word()),
                        Html.escape(finding.sample().text()),
                        ClaimPage.chip(controlled.outcome().word())
                                + (controlled.outcome() == finding.outcome()
                                        ? ""
                                        : "<small class=\"words\">without the control: "
                                                + finding.outcome().word() + "</small>")));
            }
            html.append(table.html(
                    result.sentences().size() == 1
                            ? "Where theory says that the effect is"
                            : heading(judged.sentence()) + ": where theory says that the effect is"));
        }
        return html.toString();
    }

    /** For each finding what its control says. */
    static String controls(ClaimResult result) {
        StringBuilder html = new StringBuilder();
        for (JudgedSentence judged : result.sentences()) {
            if (result.sentences().size() > 1) {
                html.append("<h3>").append(heading(judged.sentence())).append("</h3>\n");
            }
            for (Controlled controlled : judged.verdict().findings()) {
                boolean open = controlled.outcome() != controlled.finding().outcome();
                html.append(ClaimPage.note(
                        ClaimPage.capital(controlled.finding().name()) + ": " + controlled.controlText() + ".", open));
            }
            html.append(controlTable(judged.verdict()));
        }
        return html.toString();
    }

    private static String controlTable(Verdict verdict) {
        Table table =
                new Table(List.of("prediction", "#effect", "interval", "predicted", "", "rests on", "in the control"));
        verdict.findings().stream()
                .flatMap(controlled -> controlled.controls().stream())
                .distinct()
                .forEach(control -> table.row(List.of(
                        Html.escape(ClaimPage.capital(control.prediction())),
                        number(control.effect()),
                        interval(control),
                        Html.escape(control.threshold().text().replace('-', '−')),
                        picture(control, "control"),
                        Html.escape(control.sample().text()),
                        seen(control.outcome()))));
        return table.html("The same questions asked of the control, each at its own full error");
    }

    /** In a control the absence of an effect is good news. */
    private static String seen(Outcome outcome) {
        return switch (outcome) {
            case SUPPORTED -> "<span class=\"chip refuted\">seen</span>";
            case REFUTED -> "<span class=\"chip supported\">excluded</span>";
            case INCONCLUSIVE -> "<span class=\"chip\">not excluded</span>";
        };
    }

    private static String heading(Sentence sentence) {
        return sentence.whose() == Sentence.Whose.SOURCE ? "The source's sentence" : "Ours";
    }

    private static String text(ClaimResult result, Sentence sentence) {
        return sentence.text().isEmpty() ? result.card().statement() : sentence.text();
    }

    private static String from(Sentence sentence) {
        return sentence.from().isEmpty() ? "" : "<p class=\"source\">" + Html.escape(sentence.from()) + "</p>";
    }

    private static String exploratory(Sentence sentence) {
        return sentence.exploratory()
                .map(how -> "<p class=\"source\">Exploratory: " + Html.escape(how) + "</p>")
                .orElse("");
    }

    private static String reason(Verdict verdict) {
        return verdict.outcome() == Outcome.SUPPORTED
                ? ""
                : "<p class=\"reason\">" + Html.escape(ClaimPage.capital(verdict.reason())) + ".</p>";
    }

    /** An effect's interval beside where it was predicted to lie. */
    static String picture(Finding finding, String style) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        switch (finding.threshold()) {
            case Threshold.AtMost(double limit) -> to = limit;
            case Threshold.AtLeast(double limit) -> from = limit;
            case Threshold.Within(double low, double high) -> {
                from = low;
                to = high;
            }
        }
        return IntervalPicture.of(
                finding.effect(), finding.interval().low(), finding.interval().high(), from, to, style);
    }

    private static String interval(Finding finding) {
        return finding.kind().isExact()
                ? "every value counts"
                : finding.interval().isKnown()
                        ? Html.escape(finding.interval().text().replace('-', '−'))
                        : "unknown";
    }

    private static String number(double value) {
        return Plain.number(value).replace('-', '−');
    }
}
