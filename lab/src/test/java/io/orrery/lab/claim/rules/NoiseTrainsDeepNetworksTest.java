package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten classes of equal size: a network through which no signal passes decides one of ten examples. */
final class NoiseTrainsDeepNetworksTest {
    private static final String ACCURACY = "loss.accuracy@train";
    private static final int SOURCE = 0;
    private static final int OURS = 1;

    private final NoiseTrainsDeepNetworks claim = new NoiseTrainsDeepNetworks();

    @Test
    void trainingByNoiseAloneSupportsBoth() {
        Judgement judged = judge(0.98, 0.1, 0.99, 1);

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void noiseThatTrainsNothingRefutesBoth() {
        Judgement judged = judge(0.1, 0.1, 1, 1);

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aStartFromWhichDescentTrainsTooLeavesTheSourceOpen() {
        assertThat(outcome(judge(0.98, 0.97, 1, 1), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aGainFromAHundredthOfTheNoiseLeavesOursOpen() {
        Judgement judged = claim.judge(evidence(0.1, 1, 1)
                .same("small start, noise", ACCURACY, 3000, 0.98)
                .same("small start, a hundredth of the noise", ACCURACY, 3001, 0.95)
                .evidence());

        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** The pilot's deviation is 0.034. */
    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.985).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.9).supported()).isLessThanOrEqualTo(0.05);
    }

    private JudgeCalibration.Rates rates(double trained) {
        SimulatedEvidence prepared = evidence(0.1, 1, 1);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.of(trained, 0.034)),
                        values -> claim.judge(prepared.copy()
                                        .put("small start, noise", ACCURACY, 3000, values[0])
                                        .evidence())
                                .sentences()
                                .get(SOURCE)
                                .treatment())
                .rates(300, 1);
    }

    private Judgement judge(double noise, double plain, double noiseHe, double plainHe) {
        return claim.judge(evidence(plain, noiseHe, plainHe)
                .same("small start, noise", ACCURACY, 3000, noise)
                .evidence());
    }

    private SimulatedEvidence evidence(double plain, double noiseHe, double plainHe) {
        return SimulatedEvidence.of(claim)
                .same("small start, no noise", ACCURACY, 3000, plain)
                .same("small start, a hundredth of the noise", ACCURACY, 3000, 0.1)
                .same("He's start, noise", ACCURACY, 3000, noiseHe)
                .same("He's start, no noise", ACCURACY, 3000, plainHe);
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
