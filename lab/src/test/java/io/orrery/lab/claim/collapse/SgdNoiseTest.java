package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SgdNoiseTest {
    private static final long END = 60_000;
    private static final String NO_DECAY = "no decay, batch 4";
    private static final String NO_DECAY_LARGER = "no decay, batch 16";
    private static final String LINEAR_NOISY = "linear, decay, batch 4";
    private static final String LINEAR_STILL = "linear, decay, full batch";
    private static final List<String> ARMS = List.of(
            "lambda 1e-4, batch 4",
            "lambda 3e-4, batch 4",
            "lambda 0.001, batch 4",
            "lambda 0.003, batch 4",
            "lambda 0.001, batch 16",
            "lambda 0.001, batch 64",
            LINEAR_NOISY,
            NO_DECAY,
            NO_DECAY_LARGER,
            LINEAR_STILL);

    /** Late updates of the core theory's P12 and P12b, from first ones of 1. */
    private static final double[] UPDATES = {0.0044, 0.0119, 0.0362, 0.0976, 0.0169, 0.005, 0.0757, 1e-7, 1e-7, 1e-11};

    private static final double[] VARIANCES = {7e-5, 5.3e-4, 5.3e-3, 4.1e-2};

    /** Spreads of logarithms: steps between settings spread by 0.07 to 0.12 over seeds, without decay by 3. */
    private static final double[] SPREADS = {0.06, 0.06, 0.06, 0.06, 0.09, 0.09, 0.2, 3, 3, 0.2};

    private final SgdNoise claim = new SgdNoise();

    @Test
    void theNoiseOfTheCoreTheoryIsSupported() {
        assertThat(rates(0, UPDATES, VARIANCES).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1, UPDATES, VARIANCES).supported()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void noiseThatNeitherDecayNorBatchChangesIsNot() {
        double[] same = UPDATES.clone();
        Arrays.fill(same, 0, 6, 0.01);

        assertThat(rates(1, same, new double[] {1e-3, 1e-3, 1e-3, 1e-3}).supported())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void updatesThatDieOutRefuteTheSource() {
        double[] dead = UPDATES.clone();
        dead[ARMS.indexOf("lambda 0.001, batch 4")] = 1e-5;

        assertThat(source(dead, 1)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void updatesThatGoOnWithoutDecayLeaveItOpen() {
        double[] alive = UPDATES.clone();
        alive[ARMS.indexOf(NO_DECAY)] = 0.0044;

        assertThat(source(alive, 1)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aLinearNetworkThatTheFullBatchKeepsMovingLeavesOursOpen() {
        double[] moving = UPDATES.clone();
        moving[ARMS.indexOf(LINEAR_STILL)] = 0.01;

        assertThat(outcome(1, UPDATES, 1)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(1, moving, 1)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        assertThat(source(UPDATES, 0.9)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anUpdateThatStillFallsIsNotJudged() {
        SimulatedEvidence falling = made(UPDATES, 5, 1);

        assertThat(claim.judge(falling.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Outcome source(double[] updates, double accuracy) {
        return outcome(0, updates, accuracy);
    }

    private Outcome outcome(int sentence, double[] updates, double accuracy) {
        return claim.judge(made(updates, 1, accuracy).evidence())
                .sentences()
                .get(sentence)
                .verdict()
                .outcome();
    }

    /** Updates with a spread of a few percent, so that intervals exist; at two thirds of the run so many times as large. */
    private SimulatedEvidence made(double[] updates, double before, double accuracy) {
        SimulatedEvidence evidence = starts().everywhere("loss.accuracy@train", END, accuracy);
        for (int i = 0; i < ARMS.size(); i++) {
            double update = updates[i];
            evidence.put(ARMS.get(i), "update.norm", END, jittered(update));
            evidence.put(ARMS.get(i), "update.example-variance", END, jittered(VARIANCES[Math.min(i, 3)]));
            if (i < 7) {
                evidence.put(ARMS.get(i), "update.norm", 40_000, jittered(before * update));
            }
        }
        return evidence;
    }

    private static double[] jittered(double value) {
        return IntStream.range(0, 10)
                .mapToDouble(seed -> value * (1 + 0.01 * (seed % 5 - 2)))
                .toArray();
    }

    private JudgeCalibration.Rates rates(int sentence, double[] updates, double[] variances) {
        SimulatedEvidence fitted = starts().everywhere("loss.accuracy@train", END, 1);
        List<SimulatedArm> arms = new ArrayList<>();
        for (int i = 0; i < updates.length; i++) {
            arms.add(SimulatedArm.logarithmic(updates[i], SPREADS[i]));
        }
        for (double variance : variances) {
            arms.add(SimulatedArm.logarithmic(variance, 0.2));
        }
        return new JudgeCalibration(10, arms, values -> {
                    SimulatedEvidence evidence = fitted.copy();
                    for (int i = 0; i < ARMS.size(); i++) {
                        evidence.put(ARMS.get(i), "update.norm", END, values[i]);
                        evidence.put(ARMS.get(i), "update.norm", 40_000, values[i]);
                    }
                    for (int i = 0; i < variances.length; i++) {
                        evidence.put(ARMS.get(i), "update.example-variance", END, values[ARMS.size() + i]);
                    }
                    return sentence == 0 ? claim.source(evidence.evidence()) : claim.ours(evidence.evidence());
                })
                .rates(100, 1);
    }

    private SimulatedEvidence starts() {
        return SimulatedEvidence.of(claim).everywhere("update.norm", 1, 1);
    }
}
