package io.orrery.lab.claim.expressivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One rectifier gets three quarters right, 32 of them 0.9. */
final class RationalActivationsTest {
    private static final int SOURCE = 0;
    private static final int ALONE = 1;
    private static final int MANY = 2;
    private static final String TEST = "loss.accuracy@test";

    private final RationalActivations claim = new RationalActivations();

    @Test
    void aUnitThatLearnsAllSupportsAll() {
        Judgement judged = judge(evidence(1, 0.75, 0.9));

        for (int sentence : new int[] {SOURCE, ALONE, MANY}) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void aUnitThatStaysAtThreeQuartersRefutes() {
        Judgement judged = judge(evidence(0.76, 0.75, 0.9));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, ALONE)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aLeakyRectifierThatDoesAsWellLeavesThemOpen() {
        Judgement judged = judge(evidence(1, 1, 0.9));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(judged, ALONE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void manyUnitsThatFallBehindRefuteTheLastAlone() {
        Judgement judged = judge(evidence(1, 0.75, 0.88));

        assertThat(outcome(judged, ALONE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, MANY)).isEqualTo(Outcome.REFUTED);
    }

    /** Over pilot seeds the gain deviates by 0.011. */
    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.25).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.2).supported()).isLessThanOrEqualTo(0.05);
    }

    private JudgeCalibration.Rates rates(double gain) {
        SimulatedEvidence prepared = evidence(1, 0.75, 0.9);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.of(0.75 + gain, 0.011)),
                        values -> claim.judge(prepared.copy()
                                        .put("one unit, Pade", TEST, 1001, values[0])
                                        .evidence())
                                .sentences()
                                .get(SOURCE)
                                .treatment())
                .rates(300, 1);
    }

    private SimulatedEvidence evidence(double pade, double leaky, double many) {
        return SimulatedEvidence.of(claim)
                .same("one unit, Pade", TEST, 1000, pade)
                .same("one unit, leaky rectifier", TEST, 1000, leaky)
                .same("one unit, rectifier", TEST, 1000, 0.75)
                .same("one unit, tanh", TEST, 1000, 0.75)
                .same("32 units, Pade", TEST, 1000, many)
                .same("32 units, rectifier", TEST, 1000, 0.9)
                .same("32 units, linear", TEST, 1000, 0.5);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
