package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DecayRescuesLargeScaleTest {
    private static final long END = 30_000;

    private final DecayRescuesLargeScale claim = new DecayRescuesLargeScale();

    /** The 0.169 of P6 saved; errors spread by 0.045 over pilot seeds, the ratio of rho by 0.0014 about exp(0.0137). */
    @Test
    void theRescueOfP6IsSupportedAndDecayThatSavesNothingIsNot() {
        assertThat(rates(0.169, 0).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.146, 0.146).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.08, 0).supported()).isLessThanOrEqualTo(0.05);
    }

    /** 1.4% between two ends that should be one. */
    @Test
    void twoEndsRefuteOneMinimumAndNotOurs() {
        assertThat(outcomes(8.03, 40)).containsExactly(Outcome.REFUTED, Outcome.SUPPORTED);
        assertThat(outcomes(7.92, 40)).containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED);
        assertThat(outcomes(9, 40)).containsExactly(Outcome.REFUTED, Outcome.REFUTED);
    }

    @Test
    void nextToNoDecayThatRescuesAsWellLeavesItOpen() {
        assertThat(outcomes(7.92, 11.1)).containsExactly(Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE);
    }

    @Test
    void aRhoThatStillFallsIsNotJudged() {
        SimulatedEvidence evidence = made(8.03, 40).same("decay, rho starts at 40", "norms.rho", END * 6 / 10, 8.2);

        assertThat(claim.judge(evidence.evidence()).sentences())
                .allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
    }

    private List<Outcome> outcomes(double rho, double slightRho) {
        return claim.judge(made(rho, slightRho).evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    /** rho from the large start with decay and with a hundredth of it; that one saves errors as far as its rho is small. */
    private SimulatedEvidence made(double rho, double slightRho) {
        double slightError = slightRho > 12 ? 0.17 : 0;
        return evidence()
                .put("decay, rho starts at 40", "norms.rho", END / 2, jittered(rho))
                .put("decay, rho starts at 40", "norms.rho", END, jittered(rho))
                .same("decay, rho starts at 40", "loss.accuracy@test", END, 1)
                .put("decay / 100, rho starts at 40", "norms.rho", END, jittered(slightRho))
                .put("decay / 100, rho starts at 40", "loss.accuracy@test", END, jittered(1 - slightError))
                .put("no decay, rho starts at 40", "loss.accuracy@test", END, jittered(0.83));
    }

    private static double[] jittered(double value) {
        return IntStream.range(0, 10)
                .mapToDouble(seed -> value * (1 + 1e-4 * (seed % 5 - 2)))
                .toArray();
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence()
                .everywhere("loss.accuracy@train", END + 1, 0.95)
                .same("no decay, rho starts at 40", "loss.accuracy@test", END, 0.8)
                .same("decay, rho starts at 40", "loss.accuracy@test", END, 1);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private JudgeCalibration.Rates rates(double without, double with) {
        SimulatedEvidence prepared = evidence();
        List<SimulatedArm> arms = List.of(
                SimulatedArm.of(1 - without, 0.045),
                SimulatedArm.of(1 - with, with == 0 ? 0 : 0.045),
                SimulatedArm.logarithmic(7.92 * Math.exp(0.0137), 0.0014));
        return new JudgeCalibration(10, arms, values -> {
                    SimulatedEvidence evidence = prepared.copy()
                            .put("no decay, rho starts at 40", "loss.accuracy@test", END, values[0])
                            .put("decay, rho starts at 40", "loss.accuracy@test", END, values[1])
                            .put("decay, rho starts at 40", "norms.rho", END / 2, values[2])
                            .put("decay, rho starts at 40", "norms.rho", END, values[2]);
                    return claim.judge(evidence.evidence())
                            .sentences()
                            .getLast()
                            .treatment();
                })
                .rates(400, 1);
    }

    private SimulatedEvidence evidence() {
        return SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", END, 1)
                .everywhere("norms.relaxation", END, 20)
                .same("decay, rho starts at 2", "norms.rho", END / 2, 7.92)
                .same("decay, rho starts at 2", "norms.rho", END, 7.92)
                .same("decay, rho starts at 2", "loss.accuracy@test", END, 1)
                .same("decay / 100, rho starts at 2", "norms.rho", END, 11.1)
                .same("no decay, rho starts at 40", "norms.rho", END, 40);
    }
}
