package io.orrery.lab.claim.trial;

import io.orrery.engine.Numerics;
import io.orrery.lab.book.BookedVerdict;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private static BookedVerdict.Sentence sentence(Card card, JudgedSentence judged) {
        Sentence sentence = judged.sentence();
        return new BookedVerdict.Sentence(
                sentence.whose().name().toLowerCase(Locale.ROOT),
                sentence.text().isEmpty() ? card.statement() : sentence.text(),
                judged.verdict().outcome().word(),
                judged.verdict().reason());
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
