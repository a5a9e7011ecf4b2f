package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.setup.Spec;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LowRankBiasTest {
    private static final long END = 15_000;
    private static final double FULL = 50.5;
    private static final String EQUAL_STEPS = "batch 32, as many steps as batch 4";

    private final LowRankBias claim = new LowRankBias();
    private final List<String> arms =
            claim.protocol(Scale.QUICK).arms().stream().map(arm -> arm.name()).toList();
    private final List<Double> exponents = claim.protocol(Scale.QUICK).arms().stream()
            .map(arm -> exponent(arm.spec().spec()))
            .toList();

    /** Ranks of the pilot: full up to E = 6, then falling towards 14; logarithms spread by 0.037 over seeds. */
    @Test
    void ranksThatFallAsInThePilotAreSupportedAndFullRanksAreNot() {
        assertThat(rates(true).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(false).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void theBatchesOfOneExponentEndAtOneRank() {
        assertThat(equalSteps("lambda 0.002, rate 0.1, batch 4").get(1)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aBatchThatMattersAtEqualStepsRefutesOurs() {
        assertThat(equalSteps("lambda 0, rate 0.1, batch 4").get(1)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        assertThat(claim.judge(ranked(arm -> rank(exponent(arm)), 0.9).evidence())
                        .treatment()
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRankThatFallsWithoutDecayLeavesItOpen() {
        String still = "lambda 0, rate 0.1, batch 4";

        assertThat(claim.judge(ranked(arm -> rank(exponent(arm)), 1).evidence())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(claim.judge(ranked(arm -> arm.equals(still) ? 14 : rank(exponent(arm)), 1)
                                .evidence())
                        .verdict()
                        .outcome())
                .isNotEqualTo(Outcome.SUPPORTED);
    }

    /** Outcomes of the sentences if batch 32 ends, after equally many steps, at the rank of an arm. */
    private List<Outcome> equalSteps(String like) {
        return claim
                .judge(ranked(arm -> rank(exponent(arm.equals(EQUAL_STEPS) ? like : arm)), 1)
                        .evidence())
                .sentences()
                .stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private SimulatedEvidence ranked(ToDoubleFunction<String> rank, double accuracy) {
        SimulatedEvidence evidence = starts().everywhere("loss.accuracy@train", END, accuracy);
        for (String arm : arms) {
            double end = rank.applyAsDouble(arm);
            evidence.put(
                    arm,
                    "rank.rank/layers.0",
                    END,
                    IntStream.range(0, seeds())
                            .mapToDouble(seed -> end + 0.1 * (seed % 3 - 1))
                            .toArray());
        }
        return evidence;
    }

    private JudgeCalibration.Rates rates(boolean effect) {
        SimulatedEvidence fitted = starts().everywhere("loss.accuracy@train", END, 1);
        List<SimulatedArm> simulated = exponents.stream()
                .map(exponent -> SimulatedArm.logarithmic(effect ? rank(exponent) : FULL, 0.037))
                .toList();
        return new JudgeCalibration(seeds(), simulated, values -> {
                    SimulatedEvidence evidence = fitted.copy();
                    for (int i = 0; i < values.length; i++) {
                        evidence.put(arms.get(i), "rank.rank/layers.0", END, values[i]);
                    }
                    return claim.source(evidence.evidence());
                })
                .rates(100, 1);
    }

    private SimulatedEvidence starts() {
        return SimulatedEvidence.of(claim).everywhere("rank.rank/layers.0", 0, FULL);
    }

    private int seeds() {
        return claim.protocol(Scale.QUICK).seeds();
    }

    private double exponent(String arm) {
        return exponents.get(arms.indexOf(arm));
    }

    /** E = 2 eta lambda T for 400 examples. */
    private static double exponent(Spec spec) {
        double steps = spec.stop().epochs().orElseThrow() * 400.0 / spec.data().batchSize();
        return 2 * spec.optimizer().learningRate() * spec.decay().lambda() * steps;
    }

    /** Near the pilot's 50.5, 49.3, 30.3, 16.8 and 13.8 at E = 0, 3, 6, 12 and 24. */
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
