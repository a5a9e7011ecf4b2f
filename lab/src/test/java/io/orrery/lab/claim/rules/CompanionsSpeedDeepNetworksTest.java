package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

/** Each arm learns at one of two looks; the network without companions at step 1000. */
final class CompanionsSpeedDeepNetworksTest {
    private static final String TRAIN = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String SIZE = "rule-direction.size/layers.0";
    private static final String SUPERVISED = "small start, companions";
    private static final String PLAIN = "small start, no companions";
    private static final String SLIGHT = "small start, companions of weight / 100";
    private static final String LECUN = "LeCun's start, companions";
    private static final String PLAIN_LECUN = "LeCun's start, no companions";

    private final CompanionsSpeedDeepNetworks claim = new CompanionsSpeedDeepNetworks();

    @Test
    void halfTheStepsAndALargerGradientSupportAll() {
        Judgement judged = judge(evidence(500, 4, 1000, 1));

        for (int sentence = 0; sentence < 3; sentence++) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void asManyStepsOrAGradientBelowTwiceRefute() {
        assertThat(outcome(judge(evidence(900, 4, 1000, 1)), 0)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judge(evidence(500, 1.5, 1000, 1)), 0)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aGainWithNegligibleCompanionsLeavesTheFirstOpen() {
        assertThat(outcome(judge(evidence(500, 4, 500, 1)), 0)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aGainFromLecunsStartTooIsNotOfTheVanishing() {
        SimulatedEvidence evidence = evidence(500, 4, 1000, 1).same(LECUN, TRAIN, 90, 0.95);

        assertThat(outcome(judge(evidence), 0)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judge(evidence), 1)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void testAccuracyOfANetworkThatIsNotFittedIsNotJudged() {
        assertThat(outcome(judge(evidence(500, 4, 1000, 0.95)), 2)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aNetworkThatNeverLearnsDecidesNothing() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere(TRAIN, 1500, 0.1)
                .everywhere(TEST, 1500, 0.1)
                .everywhere(SIZE, 0, 4);

        assertThat(outcome(judge(evidence), 0)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private SimulatedEvidence evidence(long supervised, double gradient, long slight, double fitted) {
        return SimulatedEvidence.of(claim)
                .everywhere(TRAIN, 10, 0.2)
                .same(SUPERVISED, TRAIN, supervised, 0.95)
                .same(PLAIN, TRAIN, 1000, 0.95)
                .same(SLIGHT, TRAIN, slight, 0.95)
                .same(LECUN, TRAIN, 200, 0.95)
                .same(PLAIN_LECUN, TRAIN, 200, 0.95)
                .everywhere(TRAIN, 1500, fitted)
                .everywhere(TEST, 1500, 0.9)
                .same(SUPERVISED, TEST, 1500, 0.95)
                .same(SUPERVISED, SIZE, 0, gradient)
                .same(SLIGHT, SIZE, 0, 1)
                .same(LECUN, SIZE, 0, 1.2);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
