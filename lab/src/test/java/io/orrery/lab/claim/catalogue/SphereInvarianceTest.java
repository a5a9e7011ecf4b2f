package io.orrery.lab.claim.catalogue;

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
    void moreThanOneStepIsNotJudged() {
        assertThat(verdict(1, 24).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void withoutNormsNothingIsSaid() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Two layers whose squared norms leave 1 by a power of the step size. */
    private Verdict verdict(int order, long steps) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("norms.frobenius/layers.0", 0, 1)
                .everywhere("norms.frobenius/layers.1", 0, 1);
        for (String rate : new String[] {"0.04", "0.02", "0.01", "0.005"}) {
            double change = Math.pow(Double.parseDouble(rate), order);
            evidence.same("step size " + rate, "norms.frobenius/layers.0", steps, Math.sqrt(1 + change))
                    .same("step size " + rate, "norms.frobenius/layers.1", steps, Math.sqrt(1 + 0.5 * change));
        }
        return claim.judge(evidence.evidence()).verdict();
    }
}
