package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import org.junit.jupiter.api.Test;

final class SphereInvarianceTest {
    private final SphereInvariance claim = new SphereInvariance();

    @Test
    void aChangeOfSecondOrderIsSupported() {
        Verdict verdict = verdict(2, 1);

        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.control().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aChangeOfFirstOrderIsRefuted() {
        assertThat(verdict(1, 1).treatment().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aPlainNetworkThatStaysOnTheSphereLeavesItOpen() {
        assertThat(verdict(2, 2, 1).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void moreThanOneStepIsNotJudged() {
        assertThat(verdict(1, 24).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void withoutNormsNothingIsSaid() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Verdict verdict(int order, long steps) {
        return verdict(order, 1, steps);
    }

    /** Two layers whose squared norms leave 1 by a power of the step size, and those of the plain network by another. */
    private Verdict verdict(int order, int plainOrder, long steps) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("norms.frobenius/layers.0", 0, 1)
                .everywhere("norms.frobenius/layers.1", 0, 1);
        for (String rate : new String[] {"0.04", "0.02", "0.01", "0.005"}) {
            for (boolean plain : new boolean[] {false, true}) {
                String arm = (plain ? "without the multiplier, step size " : "step size ") + rate;
                double change = Math.pow(Double.parseDouble(rate), plain ? plainOrder : order);
                evidence.same(arm, "norms.frobenius/layers.0", steps, Math.sqrt(1 + change))
                        .same(arm, "norms.frobenius/layers.1", steps, Math.sqrt(1 + 0.5 * change));
            }
        }
        return claim.judge(evidence.evidence()).verdict();
    }
}
