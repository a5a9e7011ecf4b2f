package io.orrery.app.report;

import io.orrery.lab.book.BookedVerdict;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Tally;
import java.util.List;

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

    private static boolean isIdentity(BookedVerdict verdict) {
        return verdict.kind().equalsIgnoreCase(Kind.IDENTITY.name());
    }

    private static int count(List<BookedVerdict> verdicts, Outcome outcome) {
        return (int) verdicts.stream()
                .filter(verdict -> verdict.outcome().equals(outcome.word()))
                .count();
    }
}
