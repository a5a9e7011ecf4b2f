package io.orrery.lab.claim.trial;

import io.orrery.engine.Numerics;
import io.orrery.lab.book.verdict.BookedFinding;
import io.orrery.lab.book.verdict.BookedSentence;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Puts what a claim's judge said into the form that the lab book keeps. */
final class Booking {
    private Booking() {}

    static BookedVerdict of(
            Card card,
            Scale scale,
            Alterations alterations,
            List<String> beyond,
            List<JudgedSentence> sentences,
            Verdict verdict,
            int seeds,
            double seconds) {
        Finding main = verdict.main();
        Threshold threshold = verdict.threshold();
        return new BookedVerdict(
                card.id(),
                scale.text(),
                card.kind().name().toLowerCase(Locale.ROOT),
                verdict.outcome().word(),
                verdict.control().outcome().word(),
                verdict.effect(),
                verdict.interval().low(),
                verdict.interval().high(),
                threshold.nearest(verdict.effect()),
                low(threshold),
                high(threshold),
                main.prediction(),
                main.explanation(),
                verdict.reason(),
                sentences.stream().map(judged -> sentence(card, judged)).toList(),
                seeds,
                alterations.arguments(),
                beyond,
                Numerics.VERSION,
                seconds,
                command(card, scale, alterations));
    }

    private static BookedSentence sentence(Card card, JudgedSentence judged) {
        Sentence sentence = judged.sentence();
        Verdict verdict = judged.verdict();
        return new BookedSentence(
                sentence.whose().name().toLowerCase(Locale.ROOT),
                sentence.text().isEmpty() ? card.statement() : sentence.text(),
                verdict.outcome().word(),
                verdict.reason(),
                Stream.of(verdict.treatment(), verdict.control())
                        .flatMap(ruling -> ruling.requirements().stream())
                        .filter(requirement -> !requirement.met())
                        .map(Requirement::explanation)
                        .distinct()
                        .toList(),
                findings(verdict));
    }

    /** Every finding of the treatment, then what was found of the control beside the finding that it belongs to. */
    private static List<BookedFinding> findings(Verdict verdict) {
        return Stream.concat(
                        verdict.findings().stream().map(controlled -> finding(controlled.finding(), "")),
                        verdict.findings().stream()
                                .flatMap(controlled -> controlled.controls().stream()
                                        .map(control -> finding(
                                                control, controlled.finding().name()))))
                .toList();
    }

    private static BookedFinding finding(Finding finding, String control) {
        Interval interval = finding.interval();
        return new BookedFinding(
                finding.name(),
                control,
                finding.kind().name().toLowerCase(Locale.ROOT),
                finding.outcome().word(),
                finding.effect(),
                interval.low(),
                interval.high(),
                low(finding.threshold()),
                high(finding.threshold()),
                finding.samples(),
                finding.prediction(),
                finding.explanation());
    }

    /** What repeats it in a fresh lab book. */
    static String command(Card card, Scale scale, Alterations alterations) {
        List<String> arguments = new ArrayList<>(List.of("./orrery", "claim", card.id(), "--scale", scale.text()));
        arguments.addAll(alterations.arguments());
        return Shell.line(arguments);
    }

    private static double low(Threshold threshold) {
        return switch (threshold) {
            case Threshold.AtMost _ -> Double.NEGATIVE_INFINITY;
            case Threshold.AtLeast(double limit) -> limit;
            case Threshold.Within(double low, double _) -> low;
        };
    }

    private static double high(Threshold threshold) {
        return switch (threshold) {
            case Threshold.AtMost(double limit) -> limit;
            case Threshold.AtLeast _ -> Double.POSITIVE_INFINITY;
            case Threshold.Within(double _, double high) -> high;
        };
    }
}
