package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScaleForgottenWithDecayTest {
    private static final long END = 40_000;
    private static final List<String> LAMBDAS = List.of("3e-3", "1e-2", "0");
    private static final List<String> STARTS = List.of("0.3", "3", "20");

    private final ScaleForgottenWithDecay claim = new ScaleForgottenWithDecay();

    /** P4 saw ends that agree to 1e-5, and 6.9 to 20 without decay. */
    @Test
    void endsThatAgreeAreSupportedAndEndsThatRememberAreNot() {
        assertThat(rates(3.73, 3.73, 3.73, 1e-3).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(6.9, 7.5, 20, 0.1).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(3.73, 3.73, 3.8, 1e-3).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void runsThatHaveNotRelaxedAreNotJudged() {
        SimulatedEvidence evidence = evidence(5);
        rhos(evidence, repeated(9, 3.73));

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void bothSentencesAreSupportedIfOnlyDecayForgets() {
        assertThat(outcomes(3.73, 20)).containsOnly(Outcome.SUPPORTED);
    }

    @Test
    void startsThatDecayDoesNotForgetRefuteBoth() {
        assertThat(outcomes(5, 20)).containsOnly(Outcome.REFUTED);
    }

    @Test
    void aControlThatForgetsTooLeavesItOpen() {
        assertThat(outcomes(3.73, 3.73)).containsOnly(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRhoThatStillMovesIsNotJudged() {
        SimulatedEvidence evidence = ends(3.73, 20).everywhere("norms.rho", END * 6 / 10, 3.6);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private List<Outcome> outcomes(double decayed, double plain) {
        return claim.judge(ends(decayed, plain).evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    /** Ends of 3.73 but for the third start's, each within a thousandth over seeds. */
    private SimulatedEvidence ends(double decayed, double plain) {
        double[][] values = repeated(9, 3.73);
        for (int arm = 2; arm < 9; arm += 3) {
            Arrays.fill(values[arm], arm == 8 ? plain : decayed);
        }
        for (double[] arm : values) {
            for (int seed = 0; seed < 5; seed++) {
                arm[seed] *= 1 + 1e-4 * seed * (arm[0] == 3.73 ? 1 : 2);
            }
        }
        for (int arm = 1; arm < 9; arm += 3) {
            for (int seed = 0; seed < 5; seed++) {
                values[arm][seed] *= 1 + 1e-4 * ((seed * 2) % 5);
            }
        }
        SimulatedEvidence evidence = evidence(30);
        rhos(evidence, values);
        return evidence;
    }

    private JudgeCalibration.Rates rates(double first, double second, double third, double spread) {
        SimulatedEvidence prepared = evidence(30);
        List<SimulatedArm> one = List.of(
                SimulatedArm.logarithmic(first, spread),
                SimulatedArm.logarithmic(second, spread),
                SimulatedArm.logarithmic(third, spread));
        List<SimulatedArm> arms =
                LAMBDAS.stream().flatMap(lambda -> one.stream()).toList();
        return new JudgeCalibration(5, arms, values -> {
                    SimulatedEvidence evidence = prepared.copy();
                    rhos(evidence, values);
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(200, 1);
    }

    private SimulatedEvidence evidence(double relaxation) {
        return SimulatedEvidence.of(claim).everywhere("norms.relaxation", END, relaxation);
    }

    /** Final rho, at its equilibrium, and a mean margin of 1 / rho, [arm][seed]. */
    private static void rhos(SimulatedEvidence evidence, double[][] rho) {
        for (int i = 0; i < rho.length; i++) {
            String arm = "lambda " + LAMBDAS.get(i / 3) + ", rho starts at " + STARTS.get(i % 3);
            evidence.put(arm, "norms.rho", END, rho[i])
                    .put(arm, "norms.rho", END / 2, rho[i])
                    .put(arm, "norms.rho-equilibrium", END, rho[i])
                    .put(
                            arm,
                            "margins.normalized-mean@train",
                            END,
                            Arrays.stream(rho[i]).map(value -> 1 / value).toArray());
        }
    }

    private static double[][] repeated(int arms, double value) {
        double[][] values = new double[arms][5];
        Arrays.stream(values).forEach(seeds -> Arrays.fill(seeds, value));
        return values;
    }
}
