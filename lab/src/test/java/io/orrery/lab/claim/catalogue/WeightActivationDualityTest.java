package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeightActivationDualityTest {
    private static final List<String> TRAINED = List.of("lambda 3e-3", "lambda 1e-2", "more inputs than examples");

    private final WeightActivationDuality claim = new WeightActivationDuality();
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", 50_000, 1);

    /** Residuals spread by 0.8 to 2.1 in logarithms over pilot seeds; the source saw 1.3e-3 at the smaller lambda. */
    @Test
    void theSourcesResidualIsSupportedAndThatOfARunStoppedEarlyIsNot() {
        assertThat(rates(1.3e-3, 0.8).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.5, 0.15).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(1e-2, 0.8).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void hiddenLayersOffTheirStationaryPointDoNotMatter() {
        SimulatedEvidence evidence = evidence(1e-3, 1e-5);
        TRAINED.forEach(arm -> evidence.same(arm, "duality.residual/layers.0", 50_000, 0.3));

        assertThat(claim.judge(evidence.evidence()).treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void weightsOutsideTheSpanRefuteIt() {
        assertThat(claim.judge(evidence(1e-3, 0.1).evidence()).verdict().outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void withoutDecayThereIsNoResidualAndNothingIsSaid() {
        SimulatedEvidence evidence = fitted.copy();

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private JudgeCalibration.Rates rates(double residual, double spread) {
        SimulatedArm arm = SimulatedArm.logarithmic(residual, spread);
        return new JudgeCalibration(10, List.of(arm, arm, arm), values -> {
                    SimulatedEvidence evidence = evidence(Double.NaN, 6e-5);
                    for (int i = 0; i < values.length; i++) {
                        evidence.put(TRAINED.get(i), "duality.residual/layers.2", 50_000, values[i]);
                    }
                    return claim.judge(evidence.evidence()).treatment();
                })
                .rates(400, 1);
    }

    /** Layers of the trained arms, with the controls as the pilot saw them. */
    private SimulatedEvidence evidence(double residual, double outside) {
        SimulatedEvidence evidence = fitted.copy()
                .same("stopped early", "duality.residual/layers.2", 500, 0.5)
                .same("no decay", "duality.outside-inputs/layers.0", 50_000, 0.6);
        for (String arm : TRAINED) {
            evidence.same(arm, "duality.outside-inputs/layers.0", 50_000, 0)
                    .same(arm, "duality.outside-inputs/layers.1", 50_000, outside)
                    .same(arm, "duality.residual/layers.0", 49_999, 0.2);
            if (!Double.isNaN(residual)) {
                evidence.same(arm, "duality.residual/layers.2", 50_000, residual);
            }
        }
        return evidence;
    }
}
