package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

final class NeuralCollapseTest {
    private final NeuralCollapse claim = new NeuralCollapse();

    @Test
    void theSourcesEffectIsSupportedAndNoEffectIsNot() {
        assertThat(rates(0.05).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(new double[][] {repeated(0.003), repeated(0.06), repeated(0.06)})
                .everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aControlThatCollapsesTooLeavesItOpen() {
        SimulatedEvidence evidence = evidence(new double[][] {repeated(0.003), repeated(0.06), repeated(0.003)});

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void variabilityThatStillFallsIsNotJudged() {
        SimulatedEvidence evidence = evidence(new double[][] {repeated(0.003), repeated(0.06), repeated(0.06)})
                .same("decay", "neural-collapse.nc1@train", 5301, 0.005);

        assertThat(claim.judge(evidence.evidence()).verdict().reason()).contains("NC1 over the last third");
    }

    @Test
    void theEffectIsSupportedWithItsControl() {
        SimulatedEvidence evidence = evidence(new double[][] {repeated(0.003), repeated(0.06), repeated(0.06)});

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    /** NC1 without decay spreads by a quarter over seeds, with decay by 0.4 (pilot). */
    private JudgeCalibration.Rates rates(double ratio) {
        SimulatedArm none = SimulatedArm.logarithmic(0.08, 0.25);
        return new JudgeCalibration(
                        10,
                        java.util.List.of(SimulatedArm.logarithmic(0.08 * ratio, 0.4), none, none),
                        values -> claim.judge(evidence(values).evidence()).treatment())
                .rates(200, 1);
    }

    private SimulatedEvidence evidence(double[][] nc1) {
        String[] arms = {"decay", "no decay", "decay / 100"};
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", 8000, 1);
        for (int arm = 0; arm < arms.length; arm++) {
            evidence.put(arms[arm], "neural-collapse.nc1@train", 5300, nc1[arm]);
            evidence.put(arms[arm], "neural-collapse.nc1@train", 8000, nc1[arm]);
        }
        return evidence;
    }

    private static double[] repeated(double value) {
        double[] values = new double[10];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
