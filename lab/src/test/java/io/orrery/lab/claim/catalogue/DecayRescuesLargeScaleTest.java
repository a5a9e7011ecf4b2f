package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecayRescuesLargeScaleTest {
    private static final long END = 15_000;

    private final DecayRescuesLargeScale claim = new DecayRescuesLargeScale();

    /** The source's 0.169 saved; errors spread by 0.045 over pilot seeds, the ratio of rho by 0.0014 about exp(0.0137). */
    @Test
    void theSourcesRescueIsSupportedAndDecayThatSavesNothingIsNot() {
        assertThat(rates(0.169, 0).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.146, 0.146).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.08, 0).supported()).isLessThanOrEqualTo(0.05);
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
                            .put("decay, rho starts at 40", "norms.rho", END, values[2]);
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(400, 1);
    }

    private SimulatedEvidence evidence() {
        return SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", END, 1)
                .same("decay, rho starts at 2", "norms.rho", END, 7.92)
                .same("decay, rho starts at 2", "loss.accuracy@test", END, 1)
                .same("no decay, rho starts at 2", "norms.rho", END, 11.1)
                .same("no decay, rho starts at 40", "norms.rho", END, 40);
    }
}
