package io.orrery.lab.judge;

import java.util.List;

/**
 * Verdicts counted. Identities are apart, so that tautologies earn nothing.
 *
 * @param supported of effects, trends and bounds
 * @param identities how many claims are identities
 * @param identitiesHeld how many of those hold
 */
public record Tally(int supported, int refuted, int inconclusive, int identities, int identitiesHeld) {
    /** The count of a summary. */
    public static Tally of(List<Verdict> verdicts) {
        List<Verdict> identities = verdicts.stream()
                .filter(verdict -> verdict.kind() == Kind.IDENTITY)
                .toList();
        List<Verdict> others = verdicts.stream()
                .filter(verdict -> verdict.kind() != Kind.IDENTITY)
                .toList();
        return new Tally(
                count(others, Outcome.SUPPORTED),
                count(others, Outcome.REFUTED),
                count(others, Outcome.INCONCLUSIVE),
                identities.size(),
                count(identities, Outcome.SUPPORTED));
    }

    /** As {@code 20 of 24 supported, 1 refuted, 3 inconclusive; 4 of 4 identities hold}. */
    public String text() {
        int all = supported + refuted + inconclusive;
        String words =
                supported + " of " + all + " supported, " + refuted + " refuted, " + inconclusive + " inconclusive";
        return identities == 0 ? words : words + "; " + identitiesHeld + " of " + identities + " identities hold";
    }

    private static int count(List<Verdict> verdicts, Outcome outcome) {
        return (int) verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .count();
    }
}
