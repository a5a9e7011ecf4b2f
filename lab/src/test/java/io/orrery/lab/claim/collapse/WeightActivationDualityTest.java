package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeightActivationDualityTest {
    private static final List<String> TRAINED = List.of("lambda 1e-2", "more inputs than examples");

    private final WeightActivationDuality claim = new WeightActivationDuality();
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", 50_000, 1);

    @Test
    void smallResidualsInTheSpanAreSupportedAndOneSeedOffRefutesIt() {
        assertThat(claim.judge(evidence(1e-3, 1e-5).evidence()).verdict().outcome())
                .isEqualTo(Outcome.SUPPORTED);
        SimulatedEvidence one = evidence(1e-3, 1e-5)
                .put("lambda 1e-2", "duality.residual/layers.2", 50_001, 1e-3, 1e-3, 2e-2, 1e-3, 1e-3, 1e-3);
        assertThat(claim.judge(one.evidence()).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aStartThatWouldVanishWithoutDecayTooLeavesItOpen() {
        SimulatedEvidence evidence =
                evidence(1e-3, 1e-5).same("no decay", "duality.outside-inputs/layers.0", 50_001, 1e-5);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRunThatIsAtRestAtOnceLeavesItOpen() {
        SimulatedEvidence evidence = evidence(1e-3, 1e-5).same("stopped early", "duality.residual/layers.2", 501, 1e-3);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
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
