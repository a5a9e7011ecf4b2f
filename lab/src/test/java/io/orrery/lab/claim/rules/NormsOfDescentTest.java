package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

final class NormsOfDescentTest {
    private static final String LOSS = "loss.loss@train";
    private static final String MOVED = "distance.relative";

    private final NormsOfDescent claim = new NormsOfDescent();

    @Test
    void runsThatAreTheSameSupportIt() {
        assertThat(outcome(1e-9, 0.1)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void oneLookThatDiffersRefutesIt() {
        assertThat(outcome(2e-5, 0.1)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void averagesThatMakeNoDifferenceLeaveItOpen() {
        assertThat(outcome(1e-9, 1e-7)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aLookThatIsMissingLeavesItOpen() {
        SimulatedEvidence evidence = evidence(1e-9, 0.1).same("sign", LOSS, 200, 0.2);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Outcome outcome(double bare, double averaged) {
        return claim.judge(evidence(bare, averaged).evidence()).verdict().outcome();
    }

    /** The losses of a look in the middle are off by a share; all else is the same. */
    private SimulatedEvidence evidence(double bare, double averaged) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (String arm : new String[] {"sign", "Adam without averages", "Adam, second moment averaged"}) {
            double off = arm.equals("sign") ? 0 : arm.equals("Adam without averages") ? bare : averaged;
            evidence.same(arm, LOSS, 1, 2).same(arm, LOSS, 100, 0.5 * (1 + off)).same(arm, LOSS, 300, 0.1);
            evidence.same(arm, MOVED, 1, 0.01).same(arm, MOVED, 300, 0.3 * (1 + off));
        }
        return evidence;
    }
}
