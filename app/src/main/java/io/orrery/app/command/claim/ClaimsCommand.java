package io.orrery.app.command.claim;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.Omissions;
import io.orrery.app.command.common.Wrapped;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.Terminal;
import io.orrery.app.terminal.TextTable;
import io.orrery.engine.Numerics;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Cause;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Limit;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.claim.trial.PublishedVerdicts;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The table of all claims. */
@Command(
        name = "claims",
        description = "Lists the predictions of theory that can be run and judged, with their last verdicts.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery claims",
            "  orrery claims --json",
            "",
            "In brackets: verdicts that came with this build (docs/verdicts), where you have",
            "none of your own or another.",
            "",
            "'orrery claim ID' runs one, 'orrery claim --family NAME' those of a family. What",
            "each says, and what it is judged by: docs/claims.md."
        })
public final class ClaimsCommand implements Callable<Integer> {
    private static final int SOURCE_WIDTH = 30;
    private static final int LEAST_STATEMENT = 36;
    /** Between columns. */
    private static final int GAPS = 14;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        ClaimRunner runner = new ClaimRunner(common.book().folder(), 1, Map.of());
        List<Claim> claims = Claims.all();
        if (common.json()) {
            claims.forEach(claim -> System.out.println(json(claim, runner).write()));
        } else {
            int columns = Terminal.ofProcess().columns();
            (room(claims, columns) < LEAST_STATEMENT
                            ? narrow(claims, runner, columns)
                            : table(claims, runner, columns).lines())
                    .forEach(System.out::println);
        }
        Omissions omissions = new Omissions();
        for (Claim claim : claims) {
            for (Scale scale : Scale.values()) {
                BookedVerdict.look(runner.folder(claim, scale, Alterations.NONE))
                        .damage()
                        .ifPresent(omissions::add);
            }
        }
        return omissions.exitCode();
    }

    /** What a line has left for the statement. */
    private static int room(List<Claim> claims, int columns) {
        int used = claims.stream()
                        .mapToInt(claim -> claim.card().id().length())
                        .max()
                        .orElse(0)
                + "identity".length()
                + "collapse".length()
                + SOURCE_WIDTH
                + 2 * "inconclusive".length()
                + "20 s".length()
                + GAPS;
        return columns - used;
    }

    /** The statement of each claim below it, for a terminal without room beside it. */
    private static List<String> narrow(List<Claim> claims, ClaimRunner runner, int columns) {
        TextTable table = new TextTable("CLAIM", "FAMILY", "KIND", "QUICK", "FULL", "COST");
        claims.forEach(claim -> table.row(
                claim.card().id(),
                claim.family(),
                kind(claim.card()),
                verdict(claim, Scale.QUICK, runner),
                verdict(claim, Scale.FULL, runner),
                cost(claim, runner)));
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(List.of(rows.getFirst(), "    STATEMENT"));
        for (int i = 0; i < claims.size(); i++) {
            lines.add(rows.get(i + 1));
            lines.add(Wrapped.item("   ", claims.get(i).card().statement(), columns));
        }
        return lines;
    }

    /** The user's own, and the published one in brackets where there is none or it says something else. */
    private static String verdict(Claim claim, Scale scale, ClaimRunner runner) {
        Optional<String> own = last(claim, scale, runner).map(ClaimsCommand::outcome);
        Optional<String> published =
                PublishedVerdicts.OF_BUILD.of(claim.card().id(), scale).map(there -> outcome(there.verdict()));
        if (own.isEmpty()) {
            return published.map(words -> "[" + words + "]").orElse("-");
        }
        return own.get()
                + published
                        .filter(words -> !words.equals(own.get()))
                        .map(words -> " [" + words + "]")
                        .orElse("");
    }

    private static String cost(Claim claim, ClaimRunner runner) {
        return Durations.text(last(claim, Scale.QUICK, runner)
                .map(BookedVerdict::seconds)
                .orElse(claim.card().quickSeconds()));
    }

    private static TextTable table(List<Claim> claims, ClaimRunner runner, int columns) {
        TextTable table = new TextTable("CLAIM", "FAMILY", "STATEMENT", "KIND", "SOURCE", "QUICK", "FULL", "COST");
        int room = room(claims, columns);
        for (Claim claim : claims) {
            Card card = claim.card();
            table.row(
                    card.id(),
                    claim.family(),
                    shortened(card.statement(), room),
                    kind(card),
                    shortened(card.source().replaceFirst(";.*", ""), SOURCE_WIDTH),
                    verdict(claim, Scale.QUICK, runner),
                    verdict(claim, Scale.FULL, runner),
                    cost(claim, runner));
        }
        return table;
    }

    private static Json.Fields json(Claim claim, ClaimRunner runner) {
        Card card = claim.card();
        Json.Fields verdicts = Json.object();
        Json.Fields published = Json.object();
        for (Scale scale : Scale.values()) {
            last(claim, scale, runner).ifPresent(verdict -> verdicts.put(scale.text(), verdict.json()));
            PublishedVerdicts.OF_BUILD
                    .of(card.id(), scale)
                    .ifPresent(there -> published.put(scale.text(), there.json()));
        }
        return Json.object()
                .put("event", "claim")
                .put("claim", card.id())
                .put("statement", card.statement())
                .put("literature", card.literature())
                .put("source", card.source())
                .put("sourceRead", card.sourceRead())
                .put("predictions", texts(card.predictions()))
                .put("kind", kind(card))
                .put("control", card.control())
                .put("causes", texts(card.causes().stream().map(Cause::text).toList()))
                .put("refutedBy", card.refutedBy())
                .put("seenRefuted", card.seenRefuted())
                .put(
                        "thresholds",
                        Json.array(card.limits().stream()
                                .map(ClaimsCommand::threshold)
                                .toList()))
                .put("free", texts(card.free()))
                .put("ownData", card.ownData().<Json>map(Json::text).orElse(new Json.Null()))
                .put("instruments", texts(card.instruments()))
                .put("quickSeconds", card.quickSeconds())
                .put("family", claim.family())
                .put("verdicts", verdicts)
                .put("published", published);
    }

    private static Json.Fields threshold(Limit limit) {
        return Json.object()
                .put("quantity", limit.quantity())
                .put("predicted", limit.threshold().text())
                .put("from", limit.provenance().text())
                .put("before", texts(limit.history()));
    }

    /** A verdict of a build whose numbers differ in bits would be reached anew. */
    private static String outcome(BookedVerdict verdict) {
        String words = verdict.sentences().size() < 2
                ? verdict.outcome()
                : verdict.sentences().stream()
                        .collect(Collectors.groupingBy(
                                sentence -> sentence.whose() + " " + sentence.outcome(),
                                LinkedHashMap::new,
                                Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(alike -> alike.getKey() + (alike.getValue() == 1 ? "" : " (" + alike.getValue() + ")"))
                        .collect(Collectors.joining(", "));
        return verdict.numerics() == Numerics.VERSION ? words : words + " (older)";
    }

    private static Optional<BookedVerdict> last(Claim claim, Scale scale, ClaimRunner runner) {
        return BookedVerdict.read(runner.folder(claim, scale, Alterations.NONE));
    }

    private static Json.Items texts(List<String> texts) {
        return Json.array(texts.stream().map(Json::text).toList());
    }

    private static String kind(Card card) {
        return card.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The beginning of a text, cut between words. */
    static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = text.lastIndexOf(' ', width - 1);
        return text.substring(0, end <= 0 ? width - 1 : end).replaceFirst("[,;:]$", "") + "…";
    }
}
