package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cosines begin at 0.02 in both hidden layers. */
final class FeedbackAlignsTest {
    private static final int SOURCE = 0;
    private static final int OURS = 1;
    private static final int FEATURES = 2;
    private static final String FIRST = "rule-direction.cosine/layers.0";
    private static final String SECOND = "rule-direction.cosine/layers.1";
    private static final String TEST = "loss.accuracy@test";

    private final FeedbackAligns claim = new FeedbackAligns();

    @Test
    void alignmentAndLearningSupportAll() {
        Judgement judged = judge(evidence(0.5, 0.4, 0.99, 0.5, 0.3));

        for (int sentence : new int[] {SOURCE, OURS, FEATURES}) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void oneLayerThatDoesNotAlignRefutesTheSource() {
        assertThat(outcome(judge(evidence(0.05, 0.6, 0.99, 0.5, 0.3)), SOURCE)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judge(evidence(0.6, 0.05, 0.99, 0.5, 0.3)), SOURCE)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void alignmentToFeedbackThatIsRedrawnLeavesTheSourceOpen() {
        SimulatedEvidence evidence = evidence(0.5, 0.4, 0.99, 0.5, 0.3)
                .same("clusters, redrawn feedback", FIRST, 601, 0.5)
                .same("clusters, redrawn feedback", SECOND, 601, 0.5);

        assertThat(outcome(judge(evidence), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aTaskThatIsLearnedWithRedrawnFeedbackTooSaysNothingOfFeatures() {
        assertThat(outcome(judge(evidence(0.5, 0.4, 0.99, 0.98, 0.3)), OURS)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void learningWithoutAgreementRefutesTheLastSentenceAlone() {
        Judgement judged = judge(evidence(0.5, 0.4, 0.99, 0.5, -0.05));

        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, FEATURES)).isEqualTo(Outcome.REFUTED);
    }

    /** Over pilot seeds the rise deviates by 0.024. */
    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.2).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.15).supported()).isLessThanOrEqualTo(0.05);
    }

    private JudgeCalibration.Rates rates(double rise) {
        SimulatedEvidence prepared = evidence(0.9, 0.9, 0.99, 0.5, 0.3);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.of(0.02 + rise, 0.024)),
                        values -> claim.judge(prepared.copy()
                                        .put("clusters, fixed feedback", FIRST, 601, values[0])
                                        .evidence())
                                .sentences()
                                .get(SOURCE)
                                .treatment())
                .rates(300, 1);
    }

    private SimulatedEvidence evidence(double first, double second, double learned, double redrawn, double onSigns) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere(FIRST, 0, 0.02)
                .everywhere(SECOND, 0, 0.02)
                .same("clusters, fixed feedback", FIRST, 600, first)
                .same("clusters, fixed feedback", SECOND, 600, second)
                .same("signs, back-propagation", TEST, 600, 1)
                .same("signs, fixed feedback", TEST, 600, learned)
                .same("signs, redrawn feedback", TEST, 600, redrawn)
                .same("signs, fixed feedback", FIRST, 100, onSigns)
                .same("signs, fixed feedback", FIRST, 600, onSigns)
                .same("signs, redrawn feedback", FIRST, 600, 0.01);
        for (String layer : List.of(FIRST, SECOND)) {
            evidence.same("clusters, redrawn feedback", layer, 600, 0);
        }
        return evidence;
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
