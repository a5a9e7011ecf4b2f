package io.orrery.app.command.claim;

import io.orrery.app.report.claim.Tallies;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Tally;
import java.util.List;

/**
 * What became of the claims of one command.
 *
 * @param failed claims that could not be judged
 * @param interrupted whether the work was stopped before all were
 */
record ClaimSummary(List<ClaimResult> results, int failed, boolean interrupted) {
    ClaimSummary {
        results = List.copyOf(results);
    }

    long count(Outcome outcome) {
        return results.stream()
                .filter(result -> result.verdict().outcome() == outcome)
                .count();
    }

    /** The claims with a verdict, in the order in which they were judged; identities are marked. */
    List<String> named(Outcome outcome) {
        return results.stream()
                .filter(result -> result.verdict().outcome() == outcome)
                .map(ClaimResult::card)
                .map(card -> card.id() + (card.kind() == Kind.IDENTITY ? " (identity)" : ""))
                .toList();
    }

    /** The counts with identities apart. */
    Tally tally() {
        return Tallies.of(results.stream().map(ClaimResult::booked).toList());
    }

    /** Of effects, trends and bounds; NaN if there are none. */
    double shareSupported() {
        return Tallies.shareSupported(tally());
    }
}
