package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

/** Without a penalty no weight is 0, the norm is 10 and test accuracy 0.8; with many examples accuracy is 1 either way. */
final class AbsoluteDecayIsSparseTest {
    private static final String ZEROS = "sparsity.zeros";
    private static final String NORM = "norms.total";
    private static final String TEST = "loss.accuracy@test";

    private final AbsoluteDecayIsSparse claim = new AbsoluteDecayIsSparse();

    @Test
    void zerosSmallerWeightsAndBetterTestsSupportAll() {
        Judgement judged = judge(evidence());

        for (int sentence = 0; sentence < 5; sentence++) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void tooFewZerosRefute() {
        Judgement judged = judge(evidence().same("L1 0.003", ZEROS, 4001, 0.5));

        assertThat(outcome(judged, 0)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, 1)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void zerosByTheGradientLeaveTheSourceOpen() {
        Judgement judged = judge(evidence().same("L1 by its gradient, 0.003", ZEROS, 4001, 0.9));

        assertThat(outcome(judged, 0)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(judged, 1)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void weightsThatStayLargeRefuteDecay() {
        assertThat(outcome(judge(evidence().same("L2 0.003", NORM, 4001, 9)), 2))
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void eachPenaltyIsHeldAgainstItsOwnGain() {
        Judgement judged = judge(evidence().same("L2 0.003", TEST, 4001, 0.8));

        assertThat(outcome(judged, 3)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, 4)).isEqualTo(Outcome.REFUTED);
    }

    /** A hundredth of a penalty that helps as much says that it is not the penalty. */
    @Test
    void aGainFromAHundredthLeavesItsOwnOpen() {
        Judgement judged = judge(evidence().same("L1 0.00003", TEST, 4001, 0.9));

        assertThat(outcome(judged, 3)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(judged, 4)).isEqualTo(Outcome.SUPPORTED);
    }

    private SimulatedEvidence evidence() {
        return SimulatedEvidence.of(claim)
                .everywhere(ZEROS, 4000, 0)
                .everywhere(NORM, 4000, 10)
                .everywhere(TEST, 4000, 0.8)
                .same("L1 0.003", ZEROS, 4000, 0.95)
                .same("L2 0.003", NORM, 4000, 5)
                .same("L1 0.003", TEST, 4000, 0.9)
                .same("L2 0.003", TEST, 4000, 0.9);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
