package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With hard labels NC1 is 0.3, the variance over squared distance 0.24 and the test accuracy 0.95. */
final class SmoothLabelsClusterTest {
    private static final int SOURCE = 0;
    private static final int DISTANT = 1;
    private static final int GAIN = 2;
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final String CDNV = "neural-collapse.cdnv@train";
    private static final String TEST = "loss.accuracy@test";

    private final SmoothLabelsCluster claim = new SmoothLabelsCluster();

    @Test
    void tighterClustersAndHigherAccuracySupportAll() {
        Judgement judged = judge(evidence(0.4, 0.5, 0.03, 1));

        for (int sentence : new int[] {SOURCE, DISTANT, GAIN}) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void oneMeasureAloneSupportsTheSourceAndRefutesTheOther() {
        Judgement judged = judge(evidence(0.4, 1.2, -0.02, 1));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, DISTANT)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, GAIN)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void clustersThatStayRefuteTheSource() {
        assertThat(outcome(judge(evidence(0.95, 1, 0, 1)), SOURCE)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void slightSmoothingThatTightensAsMuchLeavesTheSourceOpen() {
        assertThat(outcome(judge(evidence(0.4, 1, 0, 0.5)), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void examplesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(0.4, 0.5, 0, 1).same("smooth labels", "loss.accuracy@train", 2001, 0.9);

        assertThat(outcome(judge(evidence), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.5).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.7).supported()).isLessThanOrEqualTo(0.05);
    }

    /** The logarithm of NC1 deviates by at most 0.1 over pilot seeds. */
    private JudgeCalibration.Rates rates(double ratio) {
        SimulatedEvidence prepared = evidence(1, 1, 0, 1);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.logarithmic(0.3 * ratio, 0.1)),
                        values -> claim.judge(prepared.copy()
                                        .put("smooth labels", NC1, 2001, values[0])
                                        .evidence())
                                .sentences()
                                .get(SOURCE)
                                .treatment())
                .rates(300, 1);
    }

    private SimulatedEvidence evidence(double nc1, double cdnv, double gain, double slight) {
        return SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 2000, 1)
                .same("hard labels", NC1, 2000, 0.3)
                .same("smooth labels", NC1, 2000, 0.3 * nc1)
                .same("smooth labels, epsilon / 100", NC1, 2000, 0.3 * slight)
                .same("hard labels", CDNV, 2000, 0.24)
                .same("smooth labels", CDNV, 2000, 0.24 * cdnv)
                .same("smooth labels, epsilon / 100", CDNV, 2000, 0.24)
                .same("hard labels", TEST, 2000, 0.95)
                .same("smooth labels", TEST, 2000, 0.95 + gain)
                .same("hard random labels", TEST, 2000, 0.1)
                .same("smooth random labels", TEST, 2000, 0.101);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
