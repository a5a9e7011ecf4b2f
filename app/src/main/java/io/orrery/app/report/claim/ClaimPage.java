package io.orrery.app.report.claim;

import io.orrery.app.Version;
import io.orrery.app.report.PageBuilder;
import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.app.report.part.CostsPart;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Cause;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.observe.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page of a claim: what was predicted, what was seen, and all that bears it out. Only its costs depend on the machine. */
public final class ClaimPage {
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
    public static String of(ClaimResult result) {
        return new ClaimPage(result).html();
    }

    private String html() {
        page.part("summary", "Verdict", "", verdictPart());
        page.part("seen", "What was seen", "", figures());
        page.part(
                "findings",
                "Findings",
                "The threshold was fixed before any run. Shaded: where the effect was predicted to lie.",
                ClaimSentences.findings(result));
        page.part("control", "The control", card.control(), ClaimSentences.controls(result));
        page.part("conditions", "Conditions", "Without these the measurements would say nothing.", conditions());
        page.part("refuted", "What would refute it", "", refuted());
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
        page.part("links", result.isComputed() ? "Theory" : "Instruments and theory", "", links());
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
        facts.add(runs().size() + (result.isComputed() ? " computed" : " runs"));
        facts.add("Orrery " + version());
        return String.join(" · ", facts);
    }

    private String verdictPart() {
        Finding decisive = verdict.decisive();
        StringBuilder html = new StringBuilder("<div class=\"verdict ")
                .append(verdict.outcome().word())
                .append("\"><p class=\"word\">")
                .append(capital(verdict.outcome().word()))
                .append("</p>")
                .append(whose())
                .append("<p class=\"found\">")
                .append(Html.escape(capital(decisive.explanation())))
                .append(".</p>")
                .append(ClaimSentences.picture(decisive, decisive.outcome().word()))
                .append(
                        verdict.outcome() == Outcome.SUPPORTED
                                ? ""
                                : "<p class=\"reason\">" + Html.escape(capital(verdict.reason())) + ".</p>")
                .append("</div>\n");
        if (!result.standing().remark().isEmpty()) {
            html.append(note(capital(result.standing().remark()) + ".", true));
        }
        if (result.sentences().size() > 1) {
            html.append(ClaimSentences.verdicts(result));
        }
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

    /** The page begins with our statement; where the verdict is on another sentence, it says so. */
    private String whose() {
        boolean ofSource = result.judgement().headline().whose() == Sentence.Whose.SOURCE;
        return ofSource && result.sentences().size() > 1
                ? "<p class=\"source\">This is the verdict on the source's sentence as it stands, the first below.</p>"
                : "";
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
                        + Plain.list(result.beyond()) + ". The numbers stand; there is no verdict on the claim.";
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
        List<PageFigure> shown = IntStream.range(0, figures.size())
                .mapToObj(i -> ClaimFigure.of(figures.get(i), i == alone || !narrow.contains(i)))
                .toList();
        return shown.isEmpty() ? "" : "<div class=\"figures\">\n" + page.figures(shown) + "</div>\n";
    }

    private String conditions() {
        List<Requirement> conditions = result.sentences().stream()
                .flatMap(judged -> judged.verdict().treatment().requirements().stream())
                .distinct()
                .toList();
        return conditions.isEmpty()
                ? ""
                : conditions.stream()
                        .map(condition -> "<li><span class=\"chip "
                                + (condition.met() ? "supported\">met" : "refuted\">not met") + "</span> "
                                + Html.escape(condition.name() + ": " + condition.explanation()) + "</li>\n")
                        .collect(Collectors.joining("", "<ul class=\"plain\">\n", "</ul>\n"));
    }

    private String literature() {
        return ClaimSentences.verdicts(result) + "<p class=\"prose\">" + Html.escape(card.literature())
                + "</p><p class=\"source\">" + Html.escape(card.sourceText()) + "</p>\n";
    }

    private String refuted() {
        StringBuilder html = new StringBuilder();
        if (!card.refutedBy().isEmpty()) {
            html.append("<p class=\"prose\">")
                    .append(Html.escape(card.refutedBy()))
                    .append("</p>\n");
        }
        if (!card.seenRefuted().isEmpty()) {
            html.append("<p class=\"prose\">Seen to happen: ")
                    .append(Html.escape(card.seenRefuted()))
                    .append("</p>\n");
        }
        if (!card.causes().isEmpty()) {
            html.append("<p class=\"prose\">Causes that it names: ")
                    .append(Html.escape(
                            Plain.list(card.causes().stream().map(Cause::text).toList())))
                    .append(". With one of them changed there are numbers, but no verdict on the claim.</p>\n");
        }
        return html.toString();
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
        result.evidence().arms().stream()
                .flatMap(arm -> arm.ran() instanceof Ran.Computed(Computation computation, Setting _)
                        ? Stream.of("<li><code>" + Html.escape(computation.name()) + "</code>, version "
                                + computation.version() + ": " + Html.escape(computation.about()) + "</li>\n")
                        : Stream.<String>empty())
                .distinct()
                .forEach(html::append);
        result.evidence().arms().stream()
                .flatMap(arm -> arm.ran() instanceof Ran.Examined(Examination examination, Setting _, List<At> _)
                        ? Stream.of("<li><code>" + Html.escape(examination.name()) + "</code>, version "
                                + examination.version() + ": " + Html.escape(examination.about()) + "</li>\n")
                        : Stream.<String>empty())
                .distinct()
                .forEach(html::append);
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
        return "<p>" + Numbers.seconds(result.booked().seconds()) + " when "
                + (result.isComputed() ? "it was last computed" : "its runs were last run") + ".</p>\n"
                + CostsPart.html(runs());
    }

    private String repeat() {
        String kept = result.isComputed()
                ? "What the lab book holds is read, not computed: with <code>--again</code> it is deleted and computed anew. The"
                        + " folder <code>../computed</code> has a file of each seed and setting, in JSON with a"
                        + " checksum."
                : "Runs that the lab book holds are read, not run: with <code>--again</code> they are deleted and run anew. The"
                        + " folder above this page's is the lab book that all claims share: <code>./orrery list --out FOLDER</code> shows its runs.";
        return "<pre>" + Html.escape(result.booked().command()) + "</pre>\n"
                + "<p>The same version gives the same verdict, figures and numbers, bit for bit, on any number of threads. "
                + kept + "</p>\n";
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

    /** A remark as a paragraph of the page. */
    public static String note(String text, boolean bad) {
        return "<p class=\"note" + (bad ? " bad" : "") + "\">" + Html.escape(text) + "</p>\n";
    }

    private static String number(double value) {
        return Plain.number(value).replace('-', '−');
    }

    /** The text with its first letter as a capital. */
    public static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
