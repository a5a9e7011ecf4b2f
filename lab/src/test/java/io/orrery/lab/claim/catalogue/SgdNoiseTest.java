package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SgdNoiseTest {
    private static final long END = 60_000;
    private static final String NO_DECAY = "no decay, batch 4";
    private static final String LINEAR_NOISY = "linear, decay, batch 4";
    private static final String LINEAR_STILL = "linear, decay, full batch";
    private static final String LINEAR_PLAIN = "linear, no decay, full batch";
    private static final List<String> ARMS = List.of(
            "lambda 1e-4, batch 4",
            "lambda 3e-4, batch 4",
            "lambda 0.001, batch 4",
            "lambda 0.003, batch 4",
            "lambda 0.001, batch 16",
            "lambda 0.001, batch 64",
            NO_DECAY,
            LINEAR_NOISY);

    /** The source's late updates: four of lambda, two of larger batches, without decay, and on a linear network. */
    private static final double[] UPDATES = {0.0044, 0.0119, 0.0362, 0.0976, 0.0169, 0.005, 1e-7, 0.0757};

    private static final double[] VARIANCES = {7e-5, 5.3e-4, 5.3e-3, 4.1e-2};

    /** Spreads of logarithms: steps between settings spread by 0.07 to 0.12 over pilot seeds, without decay by 3. */
    private static final double[] SPREADS = {0.06, 0.06, 0.06, 0.06, 0.09, 0.09, 3, 0.2};

    private final SgdNoise claim = new SgdNoise();

    @Test
    void theSourcesNoiseIsSupported() {
        assertThat(rates(UPDATES, VARIANCES).supported()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void noiseThatNeitherDecayNorBatchChangesIsNot() {
        double[] same = {0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01};

        assertThat(rates(same, new double[] {1e-3, 1e-3, 1e-3, 1e-3}).supported())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void updatesThatGoOnWithoutDecayAreNotEnough() {
        double[] alive = UPDATES.clone();
        alive[ARMS.indexOf(NO_DECAY)] = 0.0044;

        assertThat(rates(alive, VARIANCES).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aLinearNetworkThatDecayKeepsMovingLeavesItOpen() {
        assertThat(verdict(1e-11, 1)).isNotEqualTo(Outcome.REFUTED);
        assertThat(verdict(0.01, 1)).isNotEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        assertThat(verdict(1e-11, 0.9)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** The source's noise, with a late update of the full batch on a linear network with decay. */
    private Outcome verdict(double still, double accuracy) {
        SimulatedEvidence evidence = linear(still).everywhere("loss.accuracy@train", END, accuracy);
        for (int i = 0; i < ARMS.size(); i++) {
            evidence.same(ARMS.get(i), "update.norm", END, UPDATES[i]);
            evidence.same(ARMS.get(i), "update.example-variance", END, VARIANCES[Math.min(i, 3)]);
        }
        return claim.judge(evidence.evidence()).verdict().outcome();
    }

    private JudgeCalibration.Rates rates(double[] updates, double[] variances) {
        SimulatedEvidence fitted = linear(1e-11).everywhere("loss.accuracy@train", END, 1);
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
                    }
                    for (int i = 0; i < variances.length; i++) {
                        evidence.put(ARMS.get(i), "update.example-variance", END, values[ARMS.size() + i]);
                    }
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(100, 1);
    }

    private SimulatedEvidence linear(double still) {
        return SimulatedEvidence.of(claim)
                .same(LINEAR_STILL, "update.norm", END, still)
                .same(LINEAR_PLAIN, "update.norm", END, 1e-6);
    }
}
