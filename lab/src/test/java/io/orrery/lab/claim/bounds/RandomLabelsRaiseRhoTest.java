package io.orrery.lab.claim.bounds;

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

final class RandomLabelsRaiseRhoTest {
    private static final long END = 12_000;
    private static final int[] SHARES = {0, 20, 50, 100};
    private static final double[] ERRORS = {0, 0.2, 0.4, 0.5};

    private final RandomLabelsRaiseRho claim = new RandomLabelsRaiseRho();

    /** Means of P8; the ratios of rho and of margins spread by 0.029 and 0.053 in logarithms over pilot seeds. */
    @Test
    void theDifferenceOfP8IsSupportedAndNoneIsNot() {
        assertThat(rates(new double[] {11.1, 16.9, 18.4, 18.2}, new double[] {0.089, 0.051, 0.045, 0.046}, ERRORS)
                        .supported())
                .isGreaterThanOrEqualTo(0.9);
        double[] none = {0.1, 0.1, 0.1, 0.1};
        assertThat(rates(new double[] {11, 11, 11, 11}, none, none).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void onlyLabelsThatMeanSomethingMakeTheDifference() {
        assertThat(outcome(11, 18, 18)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(11, 12, 12)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(11, 18, 11)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRhoThatStillMovesIsNotJudged() {
        SimulatedEvidence evidence = made(11, 18, 18).same("20% random labels", "norms.rho", END * 6 / 10, 14);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Outcome outcome(double trueRho, double noisyRho, double meaninglessRho) {
        return claim.judge(made(trueRho, noisyRho, meaninglessRho).evidence())
                .verdict()
                .outcome();
    }

    /** Final rho on true labels, on noisy ones, and on labels that mean nothing from the start; margins 1 / rho. */
    private SimulatedEvidence made(double trueRho, double noisyRho, double meaninglessRho) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 1);
        for (int i = 0; i < SHARES.length; i++) {
            ends(evidence, SHARES[i] + "% random labels", i == 0 ? trueRho : noisyRho, ERRORS[i]);
        }
        ends(evidence, "labels that mean nothing", meaninglessRho, 0.5);
        return evidence;
    }

    private static void ends(SimulatedEvidence evidence, String arm, double rho, double error) {
        double[] seeds = IntStream.range(0, 10)
                .mapToDouble(seed -> rho * (1 + 0.01 * ((seed * 3 + Math.round(rho)) % 5)))
                .toArray();
        evidence.put(arm, "norms.rho", END / 2, seeds)
                .put(arm, "norms.rho", END, seeds)
                .put(
                        arm,
                        "margins.normalized-mean@train",
                        END,
                        Arrays.stream(seeds).map(value -> 1 / value).toArray())
                .same(arm, "loss.accuracy@test", END, 1 - error);
    }

    @Test
    void labelsThatAreNotFittedAreNotJudged() {
        assertThat(claim.judge(unfitted().evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void decayThatLeavesLabelsUnfittedIsToldFromTooFewSteps() {
        assertThat(claim.judge(unfitted()
                                .everywhere("norms.relaxation", END, 48)
                                .evidence())
                        .remarks())
                .hasSize(SHARES.length)
                .allSatisfy(text -> assertThat(text).contains("it is decay, not time", "at least 48,"));
        assertThat(claim.judge(unfitted().everywhere("norms.relaxation", END, 3).evidence())
                        .remarks())
                .isEmpty();
    }

    private SimulatedEvidence unfitted() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 0.9);
        for (int i = 0; i < SHARES.length; i++) {
            String arm = SHARES[i] + "% random labels";
            evidence.same(arm, "norms.rho", END, i == 0 ? 11 : 18)
                    .same(arm, "margins.normalized-mean@train", END, i == 0 ? 0.09 : 0.045)
                    .same(arm, "loss.accuracy@test", END, 1 - ERRORS[i]);
        }
        return evidence;
    }

    private JudgeCalibration.Rates rates(double[] rho, double[] margin, double[] error) {
        SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", END, 1);
        List<SimulatedArm> arms = new ArrayList<>();
        Arrays.stream(rho).forEach(value -> arms.add(SimulatedArm.logarithmic(value, 0.029)));
        Arrays.stream(margin).forEach(value -> arms.add(SimulatedArm.logarithmic(value, 0.05)));
        Arrays.stream(error).forEach(value -> arms.add(SimulatedArm.of(1 - value, 0.02)));
        return new JudgeCalibration(10, arms, values -> {
                    SimulatedEvidence evidence = fitted.copy();
                    for (int i = 0; i < SHARES.length; i++) {
                        String arm = SHARES[i] + "% random labels";
                        evidence.put(arm, "norms.rho", END / 2, values[i])
                                .put(arm, "norms.rho", END, values[i])
                                .put(arm, "margins.normalized-mean@train", END, values[4 + i])
                                .put(arm, "loss.accuracy@test", END, values[8 + i]);
                    }
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(200, 1);
    }
}
