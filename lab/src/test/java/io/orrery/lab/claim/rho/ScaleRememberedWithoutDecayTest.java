package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScaleRememberedWithoutDecayTest {
    private static final long END = 6000;
    private static final int[] STARTS = {2, 20, 40, 80};

    private final ScaleRememberedWithoutDecay claim = new ScaleRememberedWithoutDecay();

    /** Means of P5; spreads of the pilot (0.026 in log rho, 0.038 in the gap of errors). */
    @Test
    void theTrendOfP5IsSupportedAndNoTrendIsNot() {
        assertThat(rates(new double[] {11.16, 20, 40, 69.4}, new double[] {0, 0.022, 0.169, 0.278})
                        .supported())
                .isGreaterThanOrEqualTo(0.9);
        assertThat(rates(new double[] {30, 30, 30, 30}, new double[] {0.1, 0.1, 0.1, 0.1})
                        .supported())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void scalesThatAreKeptWithoutHarmAreNotEnough() {
        assertThat(rates(new double[] {11.16, 20, 40, 69.4}, new double[] {0.1, 0.1, 0.1, 0.1})
                        .supported())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void aLargeRhoWithSmallMarginsAndMoreErrorsSupportsBothSentences() {
        assertThat(outcomes(1, 0.1, 0)).containsOnly(Outcome.SUPPORTED);
    }

    @Test
    void aLargeRhoThatCostsNoErrorsRefutesBoth() {
        assertThat(outcomes(1, 0, 0)).containsOnly(Outcome.REFUTED);
    }

    @Test
    void decayThatRemembersTooLeavesBothOpen() {
        assertThat(outcomes(1, 0.1, 1)).containsOnly(Outcome.INCONCLUSIVE);
    }

    /**
     * Final rho 10 from the smallest start, and the start itself from the others as far as it is remembered; margins 1 / rho;
     * errors that grow by a step from start to start, with decay as much as it remembers.
     */
    private List<Outcome> outcomes(double remembered, double step, double decayRemembers) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.loss@train", END, 1e-5);
        for (int i = 0; i < STARTS.length; i++) {
            for (boolean decay : new boolean[] {false, true}) {
                double share = decay ? decayRemembers : remembered;
                double rho = 10 * Math.pow(Math.max(STARTS[i], 10) / 10.0, share);
                double error = step * i * share;
                if (decay && i > 0 && i < STARTS.length - 1) {
                    continue;
                }
                String arm = (decay ? "decay, " : "") + "rho starts at " + STARTS[i];
                evidence.put(arm, "norms.rho", END, jittered(rho, i, 1e-3))
                        .put(arm, "margins.normalized-mean@train", END, jittered(1 / rho, i, 1e-3))
                        .put(arm, "loss.accuracy@test", END, jittered(1 - error, i, 1e-4));
            }
        }
        return claim.judge(evidence.evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static double[] jittered(double value, int start, double share) {
        return IntStream.range(0, 10)
                .mapToDouble(seed -> value * (1 + share * ((seed * (start + 3) + start) % 7 - 3)))
                .toArray();
    }

    @Test
    void runsThatDoNotInterpolateAreNotJudged() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.loss@train", END, 0.01);
        for (int i = 0; i < STARTS.length; i++) {
            evidence.same("rho starts at " + STARTS[i], "norms.rho", END, STARTS[i])
                    .same("rho starts at " + STARTS[i], "loss.accuracy@test", END, 1 - 0.1 * i);
        }

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void startsAreSetAgainstWhatTheDataNeeds() {
        assertThat(remarks(0.1, 10, 20, 40, 80))
                .anySatisfy(text -> assertThat(text).contains("rho ends at 10,", "0.2, 2, 4 and 8 times"))
                .anySatisfy(text -> assertThat(text)
                        .contains("0.1 from the smallest start and 0.4 from the largest, 4 times as much"))
                .noneSatisfy(text -> assertThat(text).contains("too small"));
    }

    @Test
    void aGapThatOnlyFallsShortIsToldFromNone() {
        assertThat(remarks(0.02, 10, 20, 40, 80))
                .anySatisfy(text -> assertThat(text).contains("costs errors; what is"));
        assertThat(remarks(0.1, 10, 20, 40, 80))
                .noneSatisfy(text -> assertThat(text).contains("costs errors"));
        assertThat(remarks(0, 10, 20, 40, 80))
                .noneSatisfy(text -> assertThat(text).contains("costs errors"));
    }

    /** From 2 to 20 there are 20 / 16 = 1.25 to be remembered at best, less than the 1.3 that are asked for. */
    @Test
    void aStartThatLeavesNoTraceIsNamed() {
        assertThat(remarks(0.1, 16, 20, 40, 80))
                .filteredOn(text -> text.contains("too small"))
                .singleElement()
                .asString()
                .contains("final rho from 20 is about 1.25 times that from 2:");
    }

    @Test
    void atScaleFullTheDataNeedsAsMuchAsInTheSource() {
        assertThat(claim.protocol(Scale.FULL).arms())
                .hasSize(STARTS.length + 2)
                .allSatisfy(
                        arm -> assertThat(arm.spec().spec().data().perClass()).hasValue(25));
    }

    private List<String> remarks(double step, double... rho) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.loss@train", END, 1e-5);
        for (int i = 0; i < STARTS.length; i++) {
            evidence.same("rho starts at " + STARTS[i], "norms.rho", END, rho[i])
                    .same("rho starts at " + STARTS[i], "loss.accuracy@test", END, 0.9 - step * i);
        }
        return claim.judge(evidence.evidence()).remarks();
    }

    private JudgeCalibration.Rates rates(double[] rho, double[] error) {
        SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.loss@train", END, 1e-5);
        List<SimulatedArm> arms = new ArrayList<>();
        Arrays.stream(rho).forEach(value -> arms.add(SimulatedArm.logarithmic(value, 0.02)));
        Arrays.stream(error).forEach(value -> arms.add(SimulatedArm.of(1 - value, value == 0 ? 0 : 0.027)));
        return new JudgeCalibration(10, arms, values -> {
                    SimulatedEvidence evidence = fitted.copy();
                    for (int i = 0; i < STARTS.length; i++) {
                        evidence.put("rho starts at " + STARTS[i], "norms.rho", END, values[i])
                                .put("rho starts at " + STARTS[i], "loss.accuracy@test", END, values[4 + i]);
                    }
                    return claim.judge(evidence.evidence())
                            .sentences()
                            .getLast()
                            .treatment();
                })
                .rates(200, 1);
    }
}
