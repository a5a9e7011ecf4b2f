package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LowRankBiasTest {
    private static final long END = 15_000;
    private static final double FULL = 50.5;

    private final LowRankBias claim = new LowRankBias();
    private final List<String> arms =
            claim.protocol(Scale.QUICK).arms().stream().map(arm -> arm.name()).toList();
    private final List<Double> exponents = claim.protocol(Scale.QUICK).arms().stream()
            .map(arm -> exponent(arm.spec().spec()))
            .toList();

    /** Ranks of the source: full up to E = 6, then falling towards 14; logarithms spread by 0.037 over pilot seeds. */
    @Test
    void ranksThatFallAsInTheSourceAreSupportedAndFullRanksAreNot() {
        assertThat(rates(true).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(false).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 0.9);
        for (int i = 0; i < arms.size(); i++) {
            evidence.same(arms.get(i), "rank.rank/layers.0", END, rank(exponents.get(i)));
        }

        assertThat(claim.judge(evidence.evidence()).treatment().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRankThatFallsWithoutDecayLeavesItOpen() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 1);
        for (int i = 0; i < arms.size(); i++) {
            evidence.same(arms.get(i), "rank.rank/layers.0", END, rank(exponents.get(i)));
        }
        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isNotEqualTo(Outcome.REFUTED);

        String still = "lambda 0, rate 0.1, batch 4";
        SimulatedEvidence falling = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 1);
        for (int i = 0; i < arms.size(); i++) {
            double rank = arms.get(i).startsWith("lambda 0,") ? FULL : rank(exponents.get(i));
            falling.same(arms.get(i), "rank.rank/layers.0", END, arms.get(i).equals(still) ? 14 : rank);
        }
        assertThat(claim.judge(falling.evidence()).verdict().outcome()).isNotEqualTo(Outcome.SUPPORTED);
    }

    private JudgeCalibration.Rates rates(boolean effect) {
        SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 1);
        List<SimulatedArm> simulated = exponents.stream()
                .map(exponent -> SimulatedArm.logarithmic(effect ? rank(exponent) : FULL, 0.037))
                .toList();
        return new JudgeCalibration(5, simulated, values -> {
                    SimulatedEvidence evidence = fitted.copy();
                    for (int i = 0; i < values.length; i++) {
                        evidence.put(arms.get(i), "rank.rank/layers.0", END, values[i]);
                    }
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(100, 1);
    }

    /** E = 2 eta lambda T of 150 epochs of 400 examples. */
    private static double exponent(Spec spec) {
        double steps = 150.0 * 400 / spec.data().batchSize();
        return 2 * spec.optimizer().learningRate() * spec.decay().lambda() * steps;
    }

    /** Near the source's 50.5, 49.3, 30.3, 16.8 and 13.8 at E = 0, 3, 6, 12 and 24. */
    private static double rank(double exponent) {
        double[] at = {0, 3, 6, 12, 24};
        double[] ranks = {FULL, 49.3, 30.3, 16.8, 13.8};
        for (int i = 1; i < at.length; i++) {
            if (exponent <= at[i]) {
                double share = (exponent - at[i - 1]) / (at[i] - at[i - 1]);
                return ranks[i - 1] + share * (ranks[i] - ranks[i - 1]);
            }
        }
        return ranks[ranks.length - 1];
    }
}
