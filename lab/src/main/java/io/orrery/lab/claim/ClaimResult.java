package io.orrery.lab.claim;

import io.orrery.lab.book.BookedVerdict;
import io.orrery.lab.judge.Verdict;
import java.util.List;

/**
 * A claim that was run and judged.
 *
 * @param judgement findings and figures, the same bit for bit whenever it is run again
 * @param verdict of the judgement
 * @param alterations what the user changed
 * @param beyond the changes that make it another question than the claim's
 * @param notes what was done to fit other data, in plain words
 * @param evidence the runs that it rests on
 * @param seconds of work now, little if all runs were in the lab book
 * @param alreadyDone runs that were in the lab book
 * @param booked the verdict as the lab book now holds it
 */
public record ClaimResult(
        Card card,
        Scale scale,
        Judgement judgement,
        Verdict verdict,
        Alterations alterations,
        List<String> beyond,
        List<String> notes,
        Evidence evidence,
        double seconds,
        int alreadyDone,
        BookedVerdict booked) {
    /** Copies the lists. */
    public ClaimResult {
        beyond = List.copyOf(beyond);
        notes = List.copyOf(notes);
    }

    /** How many seeds each arm was run with. */
    public int seeds() {
        return evidence.arms().stream().mapToInt(ArmRuns::count).max().orElse(0);
    }
}
