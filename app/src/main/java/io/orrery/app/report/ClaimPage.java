package io.orrery.app.report;

import io.orrery.app.Version;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.ClaimResult;
import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Plain;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page of a claim: what was predicted, what was seen, and all that bears it out. Only its costs depend on the machine. */
final class ClaimPage {
    private static final int LONG_LEGEND = 6;

    private final ClaimResult result;
    private final Card card;
    private final Verdict verdict;
    private final PageBuilder page = new PageBuilder();

    private ClaimPage(ClaimResult result) {
        this.result = result;
        this.card = result.card();
        this.verdict = result.verdict();
    }

    /** The page's HTML. */
    static String of(ClaimResult result) {
        return new ClaimPage(result).html();
    }

    private String html() {
        page.part("summary", "Verdict", "", verdictPart());
        page.part("seen", "What was seen", "", figures());
        page.part(
                "findings",
                "Findings",
                "The threshold was fixed before any run. Shaded: where the effect was predicted to lie.",
                findings(verdict.treatment(), "Where theory says that the effect is", false));
        page.part("control", "The control", card.control(), control());
        page.part("conditions", "Conditions", "Without these the measurements would say nothing.", conditions());
        page.part("literature", "The literature's statement beside ours", "", literature());
        page.part("why", "Why", "", why());
        page.part(
                "protocol",
                "Protocol",
                "Every arm is run with the same seeds" + (result.alterations().none() ? "." : ", as altered."),
                ClaimArms.html(result));
        page.part(
                "pilot",
                "Calibration",
                "Where the thresholds come from, and what pilot runs gave, with seeds that are never judged.",
                limits() + pilot());
        page.part("links", "Instruments and theory", "", links());
        page.part("costs", "Costs", "Times depend on the machine; nothing else in this page does.", costs());
        page.part("repeat", "How to repeat this", "", repeat());
        return page.html(
                new PageBuilder.Head("claim", card.id(), card.statement(), facts(), version()), List.of(), List.of());
    }

    private String version() {
        return Version.text() + ", numerics " + result.booked().numerics();
    }

    private String facts() {
        List<String> facts = new ArrayList<>();
        facts.add(card.kind().name().toLowerCase(Locale.ROOT));
        facts.add("scale " + result.scale().text());
        facts.add(result.seeds() + " seeds");
        facts.add(runs().size() + " runs");
        facts.add("Orrery " + version());
        return String.join(" · ", facts);
    }

    private String verdictPart() {
        Finding decisive = verdict.decisive();
        StringBuilder html = new StringBuilder("<div class=\"verdict ")
                .append(verdict.outcome().word())
                .append("\"><p class=\"word\">")
                .append(capital(verdict.outcome().word()))
                .append("</p><p class=\"found\">")
                .append(Html.escape(capital(decisive.explanation())))
                .append(".</p>")
                .append(picture(decisive, decisive.outcome().word()))
                .append(
                        verdict.outcome() == Outcome.SUPPORTED
                                ? ""
                                : "<p class=\"reason\">" + Html.escape(capital(verdict.reason())) + ".</p>")
                .append("</div>\n");
        altered().ifPresent(text -> html.append(note(text, !result.beyond().isEmpty())));
        result.notes().forEach(text -> html.append(note(capital(text) + ".", false)));
        result.judgement().remarks().forEach(text -> html.append(note(text, false)));
        return html.append("<p class=\"back\"><a href=\"../")
                .append(ClaimPages.SUMMARY)
                .append("#claim-")
                .append(card.id())
                .append("\">All claims</a></p>\n")
                .toString();
    }

    private Optional<String> altered() {
        if (result.alterations().none()) {
            return Optional.empty();
        }
        String all = Plain.list(result.alterations().assignments());
        String seeds = result.alterations()
                .seeds()
                .map(text -> (all.isEmpty() ? "" : "; ") + "seeds " + text)
                .orElse("");
        String beyond = result.beyond().isEmpty()
                ? ""
                : " This is another question than the claim's, because it does not leave free: "
                        + Plain.list(result.beyond()) + ".";
        return Optional.of("Altered: " + all + seeds + "." + beyond);
    }

    private String figures() {
        List<io.orrery.lab.claim.Figure> figures = result.judgement().figures();
        // The first figure and those with long legends take the whole width; the rest stand in pairs.
        List<Integer> narrow = IntStream.range(1, figures.size())
                .filter(i -> figures.get(i).curves().size() <= LONG_LEGEND)
                .boxed()
                .toList();
        int alone = narrow.size() % 2 == 0 ? -1 : narrow.getLast();
        List<Figure> shown = IntStream.range(0, figures.size())
                .mapToObj(i -> ClaimFigure.of(figures.get(i), i == alone || !narrow.contains(i)))
                .toList();
        return shown.isEmpty() ? "" : "<div class=\"figures\">\n" + page.figures(shown) + "</div>\n";
    }

    private static String findings(Ruling ruling, String caption, boolean control) {
        Table table = new Table(List.of("prediction", "#effect", "interval", "predicted", "", "rests on", "outcome"));
        for (Finding finding : ruling.findings()) {
            table.row(List.of(
                    Html.escape(capital(finding.prediction())) + "<small class=\"words\">"
                            + Html.escape(capital(finding.explanation())) + ".</small>",
                    number(finding.effect()),
                    interval(finding),
                    Html.escape(finding.threshold().text().replace('-', '−')),
                    picture(finding, control ? "control" : finding.outcome().word()),
                    Html.escape(finding.sample().text()),
                    control ? seen(finding.outcome()) : chip(finding.outcome().word())));
        }
        return table.html(caption);
    }

    /** In a control the absence of an effect is good news. */
    private static String seen(Outcome outcome) {
        return switch (outcome) {
            case SUPPORTED -> "<span class=\"chip refuted\">seen</span>";
            case REFUTED -> "<span class=\"chip supported\">absent</span>";
            case INCONCLUSIVE -> "<span class=\"chip\">undecided</span>";
        };
    }

    private String control() {
        StringBuilder html = new StringBuilder();
        for (Controlled finding : verdict.findings()) {
            boolean open = finding.outcome() != finding.finding().outcome();
            html.append(note(capital(finding.finding().name()) + ": " + finding.controlText() + ".", open));
        }
        return html + findings(verdict.control(), "The same questions asked of the control", true);
    }

    private String conditions() {
        List<Requirement> conditions = new ArrayList<>(verdict.treatment().requirements());
        return conditions.isEmpty()
                ? ""
                : conditions.stream()
                        .map(condition -> "<li><span class=\"chip "
                                + (condition.met() ? "supported\">met" : "refuted\">not met") + "</span> "
                                + Html.escape(condition.name() + ": " + condition.explanation()) + "</li>\n")
                        .collect(Collectors.joining("", "<ul class=\"plain\">\n", "</ul>\n"));
    }

    private String literature() {
        return "<div class=\"beside\"><div><h3>Here</h3><p>" + Html.escape(card.statement())
                + "</p></div><div><h3>The source</h3><p>" + Html.escape(card.literature()) + "</p><p class=\"source\">"
                + Html.escape(card.sourceText()) + "</p></div></div>\n";
    }

    private String why() {
        String assumptions = card.assumptions().isEmpty()
                ? ""
                : "<h3>What was assumed or chosen</h3><ul class=\"plain\">"
                        + card.assumptions().stream()
                                .map(text -> "<li>" + Html.escape(text) + "</li>")
                                .collect(Collectors.joining())
                        + "</ul>\n";
        return "<p class=\"prose\">" + Html.escape(card.why()) + "</p>\n" + assumptions;
    }

    private String limits() {
        if (card.limits().isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("threshold", "value", "from", "before"));
        card.limits()
                .forEach(limit -> table.row(List.of(
                        Html.escape(limit.quantity()),
                        Html.escape(limit.threshold().text().replace('-', '−')),
                        Html.escape(limit.provenance().text()),
                        Html.escape(limit.history().isEmpty() ? "–" : String.join("; ", limit.history())))));
        return table.html("Thresholds and where they come from");
    }

    private String pilot() {
        if (card.pilot().isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("quantity", "#mean", "#deviation", "seeds"));
        card.pilot()
                .forEach(pilot -> table.row(List.of(
                        Html.escape(pilot.quantity()),
                        number(pilot.mean()),
                        number(pilot.deviation()),
                        pilot.which())));
        return table.html("Means and deviations over pilot seeds; of logarithms where the finding works on them");
    }

    private String links() {
        Map<String, String> abouts =
                Instruments.all().stream().collect(Collectors.toMap(Instrument::name, Instrument::about));
        StringBuilder html = new StringBuilder("<ul class=\"plain\">\n");
        for (String name : card.instruments()) {
            html.append("<li>")
                    .append(link(ClaimsPage.instrument(name), name))
                    .append(": ")
                    .append(Html.escape(abouts.getOrDefault(name, "")))
                    .append("</li>\n");
        }
        html.append("</ul>\n");
        if (!card.predictions().isEmpty()) {
            html.append("<p>Core theory: ")
                    .append(card.predictions().stream()
                            .map(number -> link(ClaimsPage.theory(number), number))
                            .collect(Collectors.joining(", ")))
                    .append(". Each link leads to the other claims that rest on it.</p>\n");
        }
        return html.toString();
    }

    private String costs() {
        return "<p>" + Numbers.seconds(result.booked().seconds()) + " when its runs were last run.</p>\n"
                + CostsPart.html(runs());
    }

    private String repeat() {
        return "<pre>" + Html.escape(result.booked().command()) + "</pre>\n"
                + "<p>The same version gives the same verdict, figures and numbers, bit for bit, on any number of threads. Runs"
                + " that the lab book holds are read, not run: with <code>--again</code> they are deleted and run anew. The folder of this page is a lab book of its"
                + " own: <code>./orrery list --out FOLDER</code> shows its runs.</p>\n";
    }

    /** Every run once, though arms may share it. */
    private List<RecordedRun> runs() {
        return result.evidence().arms().stream()
                .flatMap(arm -> arm.runs().stream())
                .distinct()
                .toList();
    }

    private static String link(String anchor, String text) {
        return "<a href=\"../" + ClaimPages.SUMMARY + "#" + anchor + "\">" + Html.escape(text) + "</a>";
    }

    static String chip(String outcome) {
        return "<span class=\"chip " + outcome + "\">" + outcome + "</span>";
    }

    private static String picture(Finding finding, String style) {
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
        boolean spread = finding.interval().isKnown()
                && finding.interval().low() != finding.interval().high();
        return finding.kind().isExact()
                ? "every value counts"
                : spread ? Html.escape(finding.interval().text().replace('-', '−')) : "does not vary";
    }

    static String note(String text, boolean bad) {
        return "<p class=\"note" + (bad ? " bad" : "") + "\">" + Html.escape(text) + "</p>\n";
    }

    private static String number(double value) {
        return Plain.number(value).replace('-', '−');
    }

    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
