package io.orrery.lab.claim.trial;

import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Verdict;
import java.util.List;

/**
 * A claim that was run and judged.
 *
 * @param judgement findings and figures, the same bit for bit whenever it is run again
 * @param sentences of the judgement, each with its verdict
 * @param verdict of the headline: the source's sentence if there is one; withheld if another question was asked
 * @param standing what the verdict counts for by its seeds; only one of record is kept in the lab book
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
        List<JudgedSentence> sentences,
        Verdict verdict,
        Standing standing,
        Alterations alterations,
        List<String> beyond,
        List<String> notes,
        Evidence evidence,
        double seconds,
        int alreadyDone,
        BookedVerdict booked) {
    /** Copies the lists. */
    public ClaimResult {
        sentences = List.copyOf(sentences);
        beyond = List.copyOf(beyond);
        notes = List.copyOf(notes);
    }

    /** Whether all of its evidence was computed and nothing trained. */
    public boolean isComputed() {
        return evidence.arms().stream().allMatch(arm -> arm.ran() instanceof Ran.Computed);
    }

    /** How many seeds each arm was run with. */
    public int seeds() {
        return evidence.arms().stream().mapToInt(ArmRuns::count).max().orElse(0);
    }
}
