package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import org.junit.jupiter.api.Test;

/** Made-up directions: mean margin 1e-4, second moment 1e-6. */
final class RhoRelaxationTest {
    private static final double MU = 1e-4;
    private static final double MOMENT = 1e-6;
    private static final String[] LAMBDAS = {"0", "1e-3", "1e-1"};
    private static final double[] RATES = {100, 0.2, 1e-3};
    private static final long[] LOOKS = {0, 100, 1000, 10_000};

    private final RhoRelaxation claim = new RhoRelaxation();

    @Test
    void theLawIsSupported() {
        Verdict verdict = verdict(2, 1);

        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.control().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anotherRateIsRefuted() {
        assertThat(verdict(1.9, 1).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anotherEndIsRefuted() {
        assertThat(verdict(2, 1 + 1e-5).outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** Without decay lambda doubled is the same law, so the wrong end is 1 / mu: 1e4 where rho rests at 100. */
    @Test
    void everyFindingHasAControlThatMisses() {
        assertThat(verdict(2, 1).findings())
                .hasSize(6)
                .allSatisfy(finding -> assertThat(finding.controls())
                        .hasSize(1)
                        .allMatch(control -> control.outcome() == Outcome.REFUTED));
    }

    @Test
    void aRunTooShortForRhoToRestIsNotJudged() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("margins.normalized-mean@train", 0, MU)
                .everywhere("margins.normalized-second-moment@train", 0, MOMENT)
                .everywhere("norms.rho", 10, 3);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** rho = rho_eq + (3 - rho_eq) exp(-c (M + lambda) t), ending at a multiple of rho_eq. */
    private Verdict verdict(double c, double end) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("margins.normalized-mean@train", 0, MU)
                .everywhere("margins.normalized-second-moment@train", 0, MOMENT);
        for (int i = 0; i < LAMBDAS.length; i++) {
            double sum = MOMENT + Double.parseDouble(LAMBDAS[i]);
            double equilibrium = MU / sum;
            for (long step : LOOKS) {
                double rho = equilibrium + (3 - equilibrium) * Math.exp(-c * sum * RATES[i] * step);
                evidence.same("lambda " + LAMBDAS[i] + ", path", "norms.rho", step, rho);
            }
            evidence.same("lambda " + LAMBDAS[i] + ", end", "norms.rho", 10_000, end * equilibrium);
        }
        return claim.judge(evidence.evidence()).verdict();
    }
}
