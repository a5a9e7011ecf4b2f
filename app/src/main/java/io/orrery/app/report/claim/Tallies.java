package io.orrery.app.report.claim;

import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Tally;
import io.orrery.lab.judge.statistics.Plain;
import java.util.List;
import java.util.Locale;

/** Verdicts counted by what their claims say of themselves. */
public final class Tallies {
    private Tallies() {}

    /** The counts, identities apart. */
    public static Tally of(List<BookedVerdict> verdicts) {
        List<BookedVerdict> identities =
                verdicts.stream().filter(Tallies::isIdentity).toList();
        List<BookedVerdict> others =
                verdicts.stream().filter(verdict -> !isIdentity(verdict)).toList();
        return new Tally(
                count(others, Outcome.SUPPORTED),
                count(others, Outcome.REFUTED),
                count(others, Outcome.INCONCLUSIVE),
                identities.size(),
                count(identities, Outcome.SUPPORTED));
    }

    /** The share of effects, trends and bounds that is supported; NaN if there are none. */
    public static double shareSupported(Tally tally) {
        int all = tally.supported() + tally.refuted() + tally.inconclusive();
        return all == 0 ? Double.NaN : tally.supported() / (double) all;
    }

    /** How many of the effects, trends and bounds that were judged would be supported by chance, on average, were none true. */
    public static double falseSupportedAtMost(Tally tally) {
        return Ruling.ERROR * (tally.supported() + tally.refuted() + tally.inconclusive());
    }

    /** The same in a sentence. */
    public static String falseSupported(Tally tally) {
        int judged = tally.supported() + tally.refuted() + tally.inconclusive();
        return String.format(
                Locale.ROOT,
                "Were none of them true, chance alone would support up to %s of %d on average (2.5%% each)",
                Plain.number(falseSupportedAtMost(tally)),
                judged);
    }

    private static boolean isIdentity(BookedVerdict verdict) {
        return verdict.kind().equalsIgnoreCase(Kind.IDENTITY.name());
    }

    private static int count(List<BookedVerdict> verdicts, Outcome outcome) {
        return (int) verdicts.stream()
                .filter(verdict -> verdict.outcome().equals(outcome.word()))
                .count();
    }
}
