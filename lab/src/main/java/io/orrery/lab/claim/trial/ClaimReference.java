package io.orrery.lab.claim.trial;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.EvidenceSource;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDifferences;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every claim with its protocol and thresholds, taken from the claims themselves: {@code docs/claims.md}. */
public final class ClaimReference {
    private static final String HEAD = """
            # The claims

            A claim is a prediction of the literature that can be run and refuted: a protocol, a judge with thresholds that were
            fixed before any run that is judged, and a negative control. `./orrery claims` lists them with their last verdicts,
            `./orrery claim ID` runs one, `./orrery claim --family NAME` those of a family, `./orrery claim all` runs all; see the
            [README](../README.md). A claim's family is the folder that its file lies in.

            - **supported**: the interval of the effect lies wholly where it was predicted; **refuted**: wholly elsewhere;
              **inconclusive**: neither, or a condition was not met, or the control shows the effect too or does not exclude it.
            - An **effect** is a size, a **trend** a direction or a rate, a **bound** admits no exception, an **identity** is promised by
              mathematics: it tests the code, and the summary counts it apart.
            - Where the source's own sentence is judged, the verdict is that sentence's, and ours stands beside it. Under "source not
              read" only what others say of it was. Where a threshold comes from is said beside it; an own pilot is never the source's number.
            - The seed is the unit. Intervals are of 95%, wider where several thresholds stand in one claim (Holm 1979).
            - `--set data=PLACE` asks a claim of other data unless it says why not; **free** keys may be changed as well. A
              change of any other key, or of a cause that the card names, is run and gives numbers, but no verdict: it is another question.
            - P1, P2, ... number the predictions of the project's core theory. Arms are listed by the keys in which they differ;
              the page of a claim has their whole specs.

            <!-- Written by ClaimReference from io.orrery.lab.claim.Claims; do not edit. -->
            """;

    private final StringBuilder out = new StringBuilder(HEAD);

    private ClaimReference() {}

    /** The page in Markdown. */
    public static String markdown(List<Claim> claims) {
        ClaimReference page = new ClaimReference();
        page.contents(claims);
        claims.forEach(page::claim);
        return page.out.toString();
    }

    /** Writes the page to the file named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), markdown(Claims.all()));
    }

    private void contents(List<Claim> claims) {
        out.append(
                "\n| claim | family | kind | core theory | source | quick |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Claim claim : claims) {
            Card card = claim.card();
            out.append("| [").append(card.id()).append("](#").append(card.id()).append(") | ");
            out.append(claim.family()).append(" | ");
            out.append(kind(card))
                    .append(" | ")
                    .append(String.join(", ", card.predictions()))
                    .append(" | ");
            out.append(cell(card.source())).append(" | ").append(seconds(card)).append(" |\n");
        }
    }

    private void claim(Claim claim) {
        Card card = claim.card();
        out.append("\n## ")
                .append(card.id())
                .append("\n\n")
                .append(card.statement())
                .append("\n\n");
        item("The source says", card.literature() + " (" + card.sourceText() + ")");
        item("Why", card.why());
        item("Control", card.control());
        card.causes().forEach(cause -> item("Cause", cause.text()));
        if (!card.refutedBy().isEmpty()) {
            item("Refuted by", card.refutedBy());
        }
        if (!card.seenRefuted().isEmpty()) {
            item("Seen refuted", card.seenRefuted());
        }
        card.assumptions().forEach(text -> item("Assumed", text));
        item("Free", card.free().isEmpty() ? "nothing" : code(card.free()));
        card.ownData().ifPresent(reason -> item("Only on its own data", reason));
        if (!card.instruments().isEmpty()) {
            item("Judged on", code(card.instruments()));
        }
        claim.protocol(Scale.QUICK).arms().stream()
                .flatMap(arm -> arm.work() instanceof EvidenceSource.Computing work
                        ? Stream.of(work.computation())
                        : Stream.<Computation>empty())
                .collect(Collectors.toMap(Computation::name, Computation::about, (one, _) -> one, LinkedHashMap::new))
                .forEach((name, about) -> item("Computed", "`" + name + "`: " + about));
        claim.protocol(Scale.QUICK).arms().stream()
                .flatMap(arm -> arm.work() instanceof EvidenceSource.Examining work
                        ? Stream.of(work.examination())
                        : Stream.<Examination>empty())
                .collect(Collectors.toMap(Examination::name, Examination::about, (one, _) -> one, LinkedHashMap::new))
                .forEach((name, about) -> item("Examined", "`" + name + "`: " + about));
        thresholds(claim);
        String quick = arms(claim.protocol(Scale.QUICK));
        String full = arms(claim.protocol(Scale.FULL));
        out.append(
                quick.equals(full)
                        ? "\nAt both scales: " + quick
                        : "\nAt scale quick: " + quick + "\nAt scale full: " + full);
        limits(card);
        pilot(card);
    }

    private void limits(Card card) {
        if (card.limits().isEmpty()) {
            return;
        }
        out.append(
                "\nWhere the thresholds come from:\n\n| quantity | threshold | from | before |\n| --- | --- | --- | --- |\n");
        card.limits()
                .forEach(limit -> out.append("| ")
                        .append(cell(limit.quantity()))
                        .append(" | ")
                        .append(limit.threshold().text())
                        .append(" | ")
                        .append(cell(limit.provenance().text()))
                        .append(" | ")
                        .append(cell(String.join("; ", limit.history())))
                        .append(" |\n"));
    }

    private void thresholds(Claim claim) {
        Set<String> quick = thresholds(claim, Scale.QUICK);
        Set<String> full = thresholds(claim, Scale.FULL);
        String head = "| prediction | quantity | predicted |\n| --- | --- | --- |\n";
        out.append("\n")
                .append(quick.equals(full) ? "" : "Predicted at scale quick:\n\n")
                .append(head);
        quick.forEach(out::append);
        if (!quick.equals(full)) {
            out.append("\nPredicted at scale full:\n\n").append(head);
            full.forEach(out::append);
        }
    }

    /** The limits of its findings: those of a judgement on runs that all diverged, which rests on nothing else. */
    private static Set<String> thresholds(Claim claim, Scale scale) {
        Set<String> rows = new LinkedHashSet<>();
        for (Finding finding : claim.judge(nothing(claim, scale)).treatment().findings()) {
            rows.add("| " + cell(finding.prediction()) + " | " + cell(finding.name()) + " | "
                    + finding.threshold().text() + " |\n");
        }
        return rows;
    }

    /** What a protocol leaves behind if every run diverges before its first look. */
    public static Evidence nothing(Claim claim, Scale scale) {
        Protocol protocol = claim.protocol(scale);
        return new Evidence(
                scale,
                protocol.arms().stream()
                        .map(arm -> switch (arm.work()) {
                            case EvidenceSource.Training(SpecDocument spec) ->
                                nothing(claim, protocol, arm, new Ran.Trained(spec.spec()));
                            case EvidenceSource.Computing(Computation computation, Setting setting) ->
                                nothing(claim, protocol, arm, new Ran.Computed(computation, setting));
                            case EvidenceSource.Examining(Examination examination, Setting setting, List<At> of) ->
                                nothing(claim, protocol, arm, new Ran.Examined(examination, setting, of));
                        })
                        .toList());
    }

    private static ArmRuns nothing(Claim claim, Protocol protocol, Arm arm, Ran ran) {
        String spec = switch (ran) {
            case Ran.Trained(Spec trained) -> SpecText.json(trained).write();
            case Ran.Computed _, Ran.Examined _ -> "{}";
        };
        return new ArmRuns(
                arm,
                ran,
                LongStream.rangeClosed(1, protocol.seeds())
                        .mapToObj(seed -> diverged(claim, spec, seed))
                        .toList());
    }

    private static RecordedRun diverged(Claim claim, String spec, long seed) {
        return new RecordedRun(
                claim.card().id(),
                "",
                seed,
                Map.of(),
                spec,
                Map.of(),
                List.of(),
                Optional.of(new RunEnd(RunEnd.Status.DIVERGED, 0, "", "", "", Map.of())));
    }

    private static String arms(Protocol whole) {
        List<Arm> examining = whole.arms().stream()
                .filter(arm -> arm.work() instanceof EvidenceSource.Examining)
                .toList();
        Protocol protocol = new Protocol(
                whole.seeds(),
                whole.arms().stream().filter(arm -> !examining.contains(arm)).toList());
        StringBuilder text = new StringBuilder();
        SpecDifferences apart = protocol.arms().stream().allMatch(arm -> arm.work() instanceof EvidenceSource.Computing)
                ? SpecDifferences.whole(
                        protocol.arms().stream().map(ClaimReference::json).toList())
                : SpecDifferences.between(
                        protocol.arms().stream().map(ClaimReference::json).toList());
        boolean starts = protocol.arms().stream().anyMatch(arm -> !arm.starts().isEmpty());
        text.append(protocol.seeds()).append(" seeds.\n\n| arm | part |").append(starts ? " starts from |" : "");
        apart.keys().forEach(key -> text.append(" `").append(key).append("` |"));
        text.append("\n| --- | --- |")
                .append(starts ? " --- |" : "")
                .append(" --- |".repeat(apart.keys().size()))
                .append("\n");
        for (int i = 0; i < protocol.arms().size(); i++) {
            Arm arm = protocol.arms().get(i);
            text.append("| ").append(cell(arm.name())).append(" | ");
            text.append(arm.part().name().toLowerCase(Locale.ROOT)).append(" |");
            if (starts) {
                text.append(" ").append(cell(arm.startsText())).append(" |");
            }
            apart.values()
                    .get(i)
                    .forEach(value -> text.append(" ").append(cell(value)).append(" |"));
            text.append("\n");
        }
        if (!examining.isEmpty()) {
            text.append("\n| examination | part | of | setting |\n| --- | --- | --- | --- |\n");
            examining.forEach(arm -> text.append(examining(arm)));
        }
        return text.toString();
    }

    private static String examining(Arm arm) {
        return arm.work() instanceof EvidenceSource.Examining(Examination _, Setting setting, List<At> of)
                ? "| " + cell(arm.name()) + " | " + arm.part().name().toLowerCase(Locale.ROOT) + " | "
                        + of.stream().map(At::text).collect(Collectors.joining("; ")) + " | " + setting.text() + " |\n"
                : "";
    }

    /** What an arm is, key by key. */
    private static Json json(Arm arm) {
        return switch (arm.work()) {
            case EvidenceSource.Training(SpecDocument spec) -> SpecText.json(spec.spec());
            case EvidenceSource.Computing(Computation _, Setting setting) -> Json.texts(setting.texts());
            case EvidenceSource.Examining(Examination _, Setting setting, List<At> _) -> Json.texts(setting.texts());
        };
    }

    private void pilot(Card card) {
        if (card.pilot().isEmpty()) {
            return;
        }
        out.append(
                "\nPilot seeds, never judged:\n\n| quantity | mean | deviation | seeds |\n| --- | --- | --- | --- |\n");
        card.pilot()
                .forEach(pilot -> out.append("| ")
                        .append(cell(pilot.quantity()))
                        .append(" | ")
                        .append(Plain.number(pilot.mean()))
                        .append(" | ")
                        .append(Plain.number(pilot.deviation()))
                        .append(" | ")
                        .append(pilot.which())
                        .append(" |\n"));
    }

    private void item(String name, String text) {
        out.append("- **").append(name).append("**: ").append(text).append("\n");
    }

    private static String kind(Card card) {
        return card.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Card card) {
        return Math.max(1, Math.round(card.quickSeconds())) + " s";
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
