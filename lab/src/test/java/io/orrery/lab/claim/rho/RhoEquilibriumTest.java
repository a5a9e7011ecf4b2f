package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import org.junit.jupiter.api.Test;

/** mu = 0.2, M = 0.05 and lambda = 0.01: rho rests at 10/3, the loss at 1/3. */
final class RhoEquilibriumTest {
    private final RhoEquilibrium claim = new RhoEquilibrium();

    @Test
    void theEquilibriumIsSupported() {
        Verdict verdict = verdict(10.0 / 3, 1.0 / 3);

        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.control().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void rhoElsewhereIsRefuted() {
        assertThat(verdict(1.002 * 10 / 3, 1.0 / 3).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anotherLossIsRefuted() {
        assertThat(verdict(10.0 / 3, 1.002 / 3).outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** A network with decay on every layer would rest at (2.15); were it at (2.8) too, the law would say nothing of normalization. */
    @Test
    void aPlainNetworkAtTheSameEquilibriumLeavesItOpen() {
        assertThat(verdict(10.0 / 3, 1.0 / 3, 200, 10.0 / 3).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aRunTooShortForRhoToRestIsNotJudged() {
        assertThat(verdict(2, 1.0 / 3, 19).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Verdict verdict(double rho, double objective) {
        return verdict(rho, objective, 200);
    }

    private Verdict verdict(double rho, double objective, double relaxation) {
        return verdict(rho, objective, relaxation, 2.2);
    }

    private Verdict verdict(double rho, double objective, double relaxation, double plainRho) {
        String plain = "decay on every layer, no normalization";
        return claim.judge(SimulatedEvidence.of(claim)
                        .everywhere("margins.normalized-mean@train", 40_000, 0.2)
                        .everywhere("margins.normalized-second-moment@train", 40_000, 0.05)
                        .same("decay", "norms.rho", 40_000, rho)
                        .same(plain, "norms.rho", 40_000, plainRho)
                        .everywhere("norms.relaxation", 40_000, relaxation)
                        .same("decay", "loss.objective@train", 40_000, objective)
                        .same(plain, "loss.objective@train", 40_000, plainRho == rho ? objective : 0.5)
                        .evidence())
                .verdict();
    }
}
