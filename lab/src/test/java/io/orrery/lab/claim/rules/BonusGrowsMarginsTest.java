package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The normalized margin of cross-entropy is 0.004, at twice the rate 0.0044. */
final class BonusGrowsMarginsTest {
    private static final int SOURCE = 0;
    private static final int BEYOND = 1;
    private static final int EQUAL = 2;
    private static final int RARE = 3;
    private static final String MARGIN = "margins.normalized-mean@train";
    private static final String TEST = "loss.accuracy@test";

    private final BonusGrowsMargins claim = new BonusGrowsMargins();

    @Test
    void widerMarginsAndHigherAccuracySupportAll() {
        Judgement judged = judge(evidence(0.0048, 0.004, 0.03, 0.0, 0.03));

        for (int sentence : new int[] {SOURCE, BEYOND, EQUAL, RARE}) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void marginsNoWiderThanThoseOfLargerStepsRefuteTheSecondSentenceAlone() {
        Judgement judged = judge(evidence(0.0044, 0.004, 0.03, 0.0, 0.03));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, BEYOND)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void marginsThatDoNotGrowRefuteTheSource() {
        assertThat(outcome(judge(evidence(0.00402, 0.004, 0, 0, 0)), SOURCE)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void marginsThatGrowWithASlightBonusTooLeaveTheSourceOpen() {
        assertThat(outcome(judge(evidence(0.0048, 0.0046, 0, 0, 0)), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anAccuracyGainedOnRandomLabelsTooSaysNothing() {
        assertThat(outcome(judge(evidence(0.0048, 0.004, 0.03, 0.03, 0)), EQUAL))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void examplesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(0.0048, 0.004, 0, 0, 0).same("bonus", "loss.accuracy@train", 801, 0.9);

        assertThat(outcome(judge(evidence), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Over pilot seeds the gain with rare classes deviates by 0.008. */
    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.02).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.01).supported()).isLessThanOrEqualTo(0.05);
    }

    private JudgeCalibration.Rates rates(double gain) {
        SimulatedEvidence prepared = evidence(0.0048, 0.004, 0, 0, 0);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.of(0.76 + gain, 0.008)),
                        values -> claim.judge(prepared.copy()
                                        .put("bonus, rare classes", TEST, 801, values[0])
                                        .evidence())
                                .sentences()
                                .get(RARE)
                                .treatment())
                .rates(300, 1);
    }

    private SimulatedEvidence evidence(double bonus, double slight, double equal, double random, double rare) {
        return SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 800, 1)
                .same("cross-entropy", MARGIN, 800, 0.004)
                .same("bonus", MARGIN, 800, bonus)
                .same("bonus / 100", MARGIN, 800, slight)
                .same("cross-entropy, twice the rate", MARGIN, 800, 0.0044)
                .same("cross-entropy", TEST, 800, 0.95)
                .same("bonus", TEST, 800, 0.95 + equal)
                .same("cross-entropy, random labels", TEST, 800, 0.1)
                .same("bonus, random labels", TEST, 800, 0.1 + random)
                .same("cross-entropy, rare classes", TEST, 800, 0.76)
                .same("bonus, rare classes", TEST, 800, 0.76 + rare)
                .same("bonus / 100, rare classes", TEST, 800, 0.76);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
