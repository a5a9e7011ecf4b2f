package io.orrery.app.report.claim;

import io.orrery.app.Version;
import io.orrery.app.report.PageBuilder;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.engine.Numerics;
import io.orrery.lab.UserError;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Tally;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.text.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The summary page: every claim with its last verdicts, and how claims, instruments and theory hang together. */
final class ClaimsPage {
    /** A verdict with the name of the folder in which its page lies. */
    private record Kept(String folder, Card card, BookedVerdict verdict) {
        boolean altered() {
            return !verdict.altered().isEmpty();
        }
    }

    private final List<Card> cards;
    private final List<Kept> all;
    private final PageBuilder page = new PageBuilder();

    private ClaimsPage(List<Card> cards, List<Kept> all) {
        this.cards = cards;
        this.all = all;
    }

    /** The page's HTML, from the verdicts in the folders of a folder. */
    static String of(Path folder, List<Claim> catalogue) {
        List<Card> cards = catalogue.stream().map(Claim::card).toList();
        return new ClaimsPage(cards, kept(folder, cards)).html();
    }

    /** The anchor of an instrument. */
    static String instrument(String name) {
        return "instrument-" + Html.anchor(name);
    }

    /** The anchor of a prediction of the core theory. */
    static String theory(String number) {
        return "theory-" + Html.anchor(number);
    }

    private static List<Kept> kept(Path folder, List<Card> cards) {
        List<Path> folders;
        try (Stream<Path> inside = Files.list(folder)) {
            folders = inside.sorted().toList();
        } catch (NoSuchFileException none) {
            folders = List.of();
        } catch (IOException failed) {
            throw new UserError("cannot read " + folder + ": " + failed.getMessage(), failed);
        }
        Map<String, List<Kept>> byClaim = new LinkedHashMap<>();
        for (Path place : folders) {
            BookedVerdict.read(place)
                    .ifPresent(verdict -> cards.stream()
                            .filter(card -> card.id().equals(verdict.claim()))
                            .findFirst()
                            .ifPresent(card -> byClaim.computeIfAbsent(card.id(), _ -> new ArrayList<>())
                                    .add(new Kept(place.getFileName().toString(), card, verdict))));
        }
        return cards.stream()
                .flatMap(card -> byClaim.getOrDefault(card.id(), List.of()).stream())
                .toList();
    }

    private String html() {
        page.part("summary", "Summary", "", summary());
        for (Scale scale : List.of(Scale.FULL, Scale.QUICK)) {
            page.part(
                    "scale-" + scale.text(),
                    "At scale " + scale.text(),
                    switch (scale) {
                        case FULL -> "Real data: the published experiments as far as the data at hand allow.";
                        case QUICK -> "Small generated data, at most a minute a claim.";
                    },
                    rows(at(scale), scale == first()));
        }
        page.part(
                "altered",
                "Asked of other data, or altered",
                "The same protocols after a change. They are not in the counts above.",
                rows(all.stream().filter(Kept::altered).toList(), false));
        page.part("open", "Not run yet", "", open());
        page.part("theory", "Theory", "Which claims rest on which prediction of the core theory.", theoryPart());
        page.part("instruments", "Instruments", "Which claims are judged by which measurements.", instruments());
        page.part("costs", "Costs", "Times depend on the machine; nothing else in this page does.", costs());
        page.part(
                "repeat",
                "How to repeat this",
                "",
                "<pre>./orrery claim all --scale quick\n./orrery claim ID --scale full</pre>\n");
        return page.html(
                new PageBuilder.Head(
                        "claims",
                        "Theory held against measurement",
                        "What the theory of deep classifiers predicts, run as experiments that could refute it.",
                        count(cards.size(), "claim") + " · " + count(all.size(), "verdict"),
                        Version.text()),
                List.of(),
                List.of());
    }

    private List<Kept> at(Scale scale) {
        return all.stream()
                .filter(kept -> !kept.altered() && kept.verdict().scale().equals(scale.text()))
                .toList();
    }

    /** The scale that comes first on the page: its rows are what links to a claim lead to. */
    private Scale first() {
        return at(Scale.FULL).isEmpty() ? Scale.QUICK : Scale.FULL;
    }

    private String summary() {
        StringBuilder html = new StringBuilder();
        for (Scale scale : Scale.values()) {
            List<BookedVerdict> verdicts = at(scale).stream().map(Kept::verdict).toList();
            if (!verdicts.isEmpty()) {
                html.append(tally(scale, Tallies.of(verdicts)));
            }
        }
        if (html.isEmpty()) {
            html.append(ClaimPage.note("No claim was run as it stands yet.", false));
        }
        return html.append(
                        "<p class=\"prose\">A claim is <b>supported</b> if the interval of its effect lies wholly where theory")
                .append(" said, before any run, that it would; <b>refuted</b> if it lies wholly elsewhere; else")
                .append(
                        " <b>inconclusive</b>, as it is when its negative control, in which theory says the effect is absent,")
                .append(
                        " shows it too or does not exclude it. Where a source's own sentence was judged, the verdict is that")
                .append(
                        " sentence's; ours stands beside it. Identities test the code rather than the world and are counted apart.</p>\n")
                .toString();
    }

    /** Counts out of all claims that there are: a share of the few that were judged would flatter. */
    private String tally(Scale scale, Tally tally) {
        int judged = tally.supported() + tally.refuted() + tally.inconclusive();
        long there = cards.stream().filter(card -> card.kind() != Kind.IDENTITY).count();
        long open = there - judged;
        return "<h3 class=\"scale\">Scale " + scale.text() + "</h3>\n<dl class=\"tiles\">\n"
                + tile(
                        "supported",
                        tally.supported() + " of " + there,
                        "effects, trends and bounds" + (open > 0 ? "; " + open + " not judged yet" : ""),
                        "")
                + tile("refuted", Integer.toString(tally.refuted()), "", tally.refuted() > 0 ? " bad" : "")
                + tile("inconclusive", Integer.toString(tally.inconclusive()), "", "")
                + tile(
                        "identities that hold",
                        tally.identitiesHeld() + " of " + tally.identities(),
                        "counted apart",
                        tally.identitiesHeld() < tally.identities() ? " bad" : "")
                + "</dl>\n<p class=\"prose\">" + Tallies.falseSupported(tally) + ".</p>\n";
    }

    private static String tile(String label, String value, String more, String style) {
        return "<div class=\"tile" + style + "\"><dt>" + label + "</dt><dd>" + value + "</dd>"
                + (more.isEmpty() ? "" : "<dd class=\"range\">" + more + "</dd>") + "</div>\n";
    }

    private String rows(List<Kept> kept, boolean anchored) {
        return kept.isEmpty()
                ? ""
                : kept.stream()
                        .map(row -> row(row, anchored))
                        .collect(Collectors.joining("", "<div class=\"claims\">\n", "</div>\n"));
    }

    private static String row(Kept kept, boolean anchored) {
        BookedVerdict verdict = kept.verdict();
        boolean spread = !Double.isNaN(verdict.low()) && verdict.low() != verdict.high();
        String numbers = Plain.number(verdict.effect())
                + (spread ? " (" + Plain.number(verdict.low()) + " to " + Plain.number(verdict.high()) + ")" : "");
        return "<article class=\"claim\""
                + (anchored ? " id=\"claim-" + kept.card().id() + "\"" : "") + ">\n<div class=\"what\"><h3>"
                + "<a href=\"" + Html.escape(kept.folder()) + "/" + ClaimPages.PAGE + "\">"
                + Html.escape(kept.card().id()) + "</a></h3>" + ClaimPage.chip(verdict.outcome())
                + "<span class=\"chip plain\">"
                + Html.escape(verdict.kind()) + "</span>" + against(verdict) + "<p>"
                + Html.escape(kept.card().statement())
                + "</p>" + sentences(verdict) + reason(verdict) + altered(verdict) + "<p class=\"source\">"
                + Html.escape(kept.card().sourceText())
                + "</p></div>\n<div class=\"numbers\">"
                + IntervalPicture.of(
                        verdict.effect(),
                        verdict.low(),
                        verdict.high(),
                        verdict.predictedLow(),
                        verdict.predictedHigh(),
                        verdict.outcome())
                + "<p>" + Html.escape(numbers.replace('-', '−')) + ", " + verdict.seeds()
                + " seeds</p></div>\n</article>\n";
    }

    /** Said only where it tells against the verdict. */
    private static String against(BookedVerdict verdict) {
        String older = verdict.numerics() == Numerics.VERSION
                ? ""
                : "<span class=\"chip\">numerics " + verdict.numerics() + ", now " + Numerics.VERSION + "</span>";
        return verdict.control().equals(Outcome.SUPPORTED.word())
                ? "<span class=\"chip refuted\">control shows it too</span>" + older
                : older;
    }

    /** Of several sentences each with its own verdict. */
    private static String sentences(BookedVerdict verdict) {
        return verdict.sentences().size() < 2
                ? ""
                : verdict.sentences().stream()
                        .map(sentence -> "<li>" + ClaimPage.chip(sentence.outcome()) + " "
                                + (sentence.whose().equals("source") ? "the source: " : "ours: ")
                                + Html.escape(sentence.text()) + "</li>\n")
                        .collect(Collectors.joining("", "<ul class=\"plain\">\n", "</ul>\n"));
    }

    private static String reason(BookedVerdict verdict) {
        return verdict.outcome().equals(Outcome.SUPPORTED.word())
                ? ""
                : "<p class=\"reason\">" + Html.escape(ClaimPage.capital(verdict.reason())) + ".</p>";
    }

    private static String altered(BookedVerdict verdict) {
        if (verdict.altered().isEmpty()) {
            return "";
        }
        return "<p><code>" + Html.escape(Shell.line(verdict.altered())) + "</code>"
                + (verdict.beyond().isEmpty() ? "" : " (another question than the claim's)") + "</p>";
    }

    private String open() {
        List<Card> open = cards.stream()
                .filter(card -> all.stream()
                        .noneMatch(kept -> !kept.altered() && kept.card().equals(card)))
                .toList();
        return open.isEmpty()
                ? ""
                : open.stream()
                        .map(card -> "<li><b>" + Html.escape(card.id()) + "</b>: " + Html.escape(card.statement())
                                + "</li>\n")
                        .collect(Collectors.joining("", "<ul class=\"plain\">\n", "</ul>\n"));
    }

    private String theoryPart() {
        Map<String, List<Card>> byPrediction =
                new TreeMap<>(Comparator.comparingInt(ClaimsPage::digits).thenComparing(Comparator.naturalOrder()));
        cards.forEach(card -> card.predictions()
                .forEach(number -> byPrediction
                        .computeIfAbsent(number, _ -> new ArrayList<>())
                        .add(card)));
        Table table = new Table(List.of("prediction", "claims"));
        byPrediction.forEach((number, claims) -> table.row(List.of(anchored(theory(number), number), linked(claims))));
        return byPrediction.isEmpty() ? "" : table.html("Claims by prediction");
    }

    private String instruments() {
        Map<String, String> abouts =
                Instruments.all().stream().collect(Collectors.toMap(Instrument::name, Instrument::about));
        Map<String, List<Card>> byInstrument = new TreeMap<>();
        cards.forEach(card -> card.instruments()
                .forEach(name -> byInstrument
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(card)));
        return byInstrument.entrySet().stream()
                .map(entry -> "<li>" + anchored(instrument(entry.getKey()), entry.getKey()) + ": "
                        + Html.escape(abouts.getOrDefault(entry.getKey(), "")) + "<p class=\"source\">"
                        + linked(entry.getValue()) + "</p></li>\n")
                .collect(Collectors.joining("", "<ul class=\"plain\">\n", "</ul>\n"));
    }

    private static String anchored(String anchor, String text) {
        return "<b id=\"" + anchor + "\">" + Html.escape(text) + "</b>";
    }

    private String linked(List<Card> claims) {
        return claims.stream().map(this::linked).collect(Collectors.joining(", "));
    }

    private String linked(Card card) {
        return all.stream()
                .filter(kept -> !kept.altered() && kept.card().equals(card))
                .findFirst()
                .map(kept -> "<a class=\"id\" href=\"" + Html.escape(kept.folder()) + "/" + ClaimPages.PAGE + "\">"
                        + Html.escape(card.id()) + "</a>")
                .orElse("<span class=\"id\">" + Html.escape(card.id()) + "</span>");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static int digits(String number) {
        String digits = number.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private String costs() {
        if (all.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("claim", "scale", "#time"));
        all.forEach(kept -> table.row(List.of(
                Html.escape(kept.folder()),
                kept.verdict().scale(),
                Numbers.seconds(kept.verdict().seconds()))));
        return table.html(Arrays.stream(Scale.values())
                .filter(scale -> !at(scale).isEmpty())
                .map(scale -> Numbers.seconds(at(scale).stream()
                                .mapToDouble(kept -> kept.verdict().seconds())
                                .sum())
                        + " at scale " + scale.text())
                .collect(Collectors.joining(", ")));
    }
}
