package io.orrery.app.command.claim;

import io.orrery.app.command.common.Wrapped;
import io.orrery.app.report.claim.Tallies;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Plain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Verdicts in plain words. */
final class ClaimText {
    private static final int MARK = 12;
    private static final int REASON = 90;

    private final Terminal terminal;

    ClaimText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** All there is to say of one claim. */
    List<String> whole(ClaimResult result, Path page) {
        Verdict verdict = result.verdict();
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(result.card().id()) + "  "
                + coloured(verdict.outcome(), verdict.outcome().name()) + "  (" + kind(result) + ", scale "
                + result.scale().text() + ", " + result.seeds() + " seeds)");
        add(lines, "claim", result.card().statement());
        if (!result.standing().remark().isEmpty()) {
            add(lines, "standing", result.standing().remark());
        }
        if (verdict.outcome() != Outcome.SUPPORTED) {
            add(lines, "because", verdict.reason());
        }
        result.sentences().forEach(judged -> sentence(lines, result, judged));
        result.judgement().remarks().forEach(remark -> add(lines, "remark", remark));
        result.notes().forEach(note -> add(lines, "note", note));
        altered(result).forEach(text -> add(lines, "altered", text));
        if (result.alreadyDone() > 0) {
            add(
                    lines,
                    result.isComputed() ? "computed" : "runs",
                    result.alreadyDone()
                            + " were in the lab book already and were not " + done(result)
                            + " again (--again " + again(result) + " them anew)");
        }
        add(lines, "page", page.toString());
        add(lines, "repeat", result.booked().command());
        return lines;
    }

    /** How a verdict on the claim's own question compares with the one that was handed on. */
    List<String> beside(ClaimResult result, PublishedVerdict published) {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                "published",
                (published.isSameAs(result.booked())
                                ? "the same verdict on the same numbers, bit for bit"
                                : "another: " + published.verdict().outcome() + ", "
                                        + published.verdict().explanation())
                        + " (docs/verdicts, commit " + published.shortCommit() + ")");
        return lines;
    }

    private static String done(ClaimResult result) {
        return result.isComputed() ? "computed" : "run";
    }

    private static String again(ClaimResult result) {
        return result.isComputed() ? "computes" : "runs";
    }

    /** A statement with its verdict, findings and controls. */
    private void sentence(List<String> lines, ClaimResult result, JudgedSentence judged) {
        Sentence sentence = judged.sentence();
        Verdict verdict = judged.verdict();
        if (result.sentences().size() > 1 || sentence.whose() == Sentence.Whose.SOURCE) {
            String text = sentence.text().isEmpty() ? result.card().statement() : sentence.text();
            add(lines, sentence.whose().word(), verdict.outcome().name() + ": " + text + from(sentence));
            if (verdict.outcome() != Outcome.SUPPORTED) {
                add(lines, "because", verdict.reason());
            }
        }
        sentence.exploratory().ifPresent(how -> add(lines, "exploratory", how));
        for (Controlled finding : verdict.findings()) {
            add(lines, "predicted", finding.finding().prediction());
            add(
                    lines,
                    "found",
                    finding.finding().explanation() + ": "
                            + finding.finding().outcome().word());
            add(lines, "control", finding.controlText());
        }
        verdict.treatment().requirements().stream()
                .filter(requirement -> !requirement.met())
                .map(Requirement::explanation)
                .forEach(text -> add(lines, "missing", text));
    }

    private static String from(Sentence sentence) {
        return sentence.from().isEmpty() ? "" : " (" + sentence.from() + ")";
    }

    /** One line, for a list of many. */
    String line(ClaimResult result, int number, int of, int idWidth) {
        Verdict verdict = result.verdict();
        String outcome = String.format(Locale.ROOT, "%-12s", verdict.outcome().name());
        return String.format(
                Locale.ROOT,
                "%s  %-" + idWidth + "s  %s  %s%s  %s",
                place(number, of),
                result.card().id(),
                coloured(verdict.outcome(), outcome),
                numbers(verdict),
                (result.beyond().isEmpty() ? "" : "; another question than the claim's")
                        + (result.standing().isBooked() ? "" : "; not a verdict of record"),
                Durations.text(result.seconds()));
    }

    /** One line for a claim that could not be judged. */
    String line(String id, RuntimeException failure, int number, int of, int idWidth) {
        return String.format(
                Locale.ROOT,
                "%s  %-" + idWidth + "s  %s  %s",
                place(number, of),
                id,
                terminal.red(String.format(Locale.ROOT, "%-12s", "not judged")),
                failure.getMessage());
    }

    /** How many are supported, how many chance would support, and which claims were not. */
    List<String> summary(ClaimSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(summary.tally().text()));
        lines.add("  " + Tallies.falseSupported(summary.tally()) + ".");
        for (Outcome outcome : List.of(Outcome.REFUTED, Outcome.INCONCLUSIVE)) {
            if (summary.count(outcome) > 0) {
                add(lines, outcome.word(), Plain.list(summary.named(outcome)));
            }
        }
        if (summary.failed() > 0) {
            add(lines, "not judged", summary.failed() + " (see above)");
        }
        return lines;
    }

    /** What decided: the main finding's numbers, or the reason where it was something else. */
    private static String numbers(Verdict verdict) {
        if (verdict.main().outcome() != verdict.outcome()) {
            return ClaimsCommand.shortened(verdict.reason(), REASON);
        }
        Interval interval = verdict.interval();
        boolean spread = interval.isKnown() && interval.low() != interval.high();
        return Plain.number(verdict.effect())
                + (spread ? " (" + Plain.number(interval.low()) + " to " + Plain.number(interval.high()) + ")" : "")
                + ", predicted " + verdict.threshold().text();
    }

    private static List<String> altered(ClaimResult result) {
        List<String> lines = new ArrayList<>();
        List<String> free = result.alterations().assignments().stream()
                .filter(assignment -> result.beyond().stream().noneMatch(beyond -> isOf(beyond, assignment)))
                .toList();
        if (!free.isEmpty()) {
            lines.add(Plain.list(free) + ": left free by the claim");
        }
        if (!result.beyond().isEmpty()) {
            lines.add(Plain.list(result.beyond()) + ": another question than the claim's");
        }
        return lines;
    }

    /** Whether a change that makes another question is this assignment, as it was written or as a spec has it. */
    private static boolean isOf(String beyond, String assignment) {
        String key = assignment.replaceFirst("=.*", "").strip();
        return beyond.equals(assignment) || beyond.startsWith(key + "=") || beyond.startsWith(key + ".");
    }

    private static String kind(ClaimResult result) {
        return result.card().kind().name().toLowerCase(Locale.ROOT);
    }

    private static String place(int number, int of) {
        int width = Integer.toString(of).length();
        return String.format(Locale.ROOT, "%" + width + "d of %d", number, of);
    }

    private String coloured(Outcome outcome, String text) {
        return outcome == Outcome.REFUTED ? terminal.red(text) : terminal.bold(text);
    }

    private void add(List<String> lines, String mark, String text) {
        lines.add(Wrapped.item("  " + String.format(Locale.ROOT, "%-" + MARK + "s", mark), text, terminal.columns()));
    }
}
