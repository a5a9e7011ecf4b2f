package io.orrery.lab.claim.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All is fitted and a third of the new examples are right; then one cell of the table after the other is missed. */
final class RandomLabelsAreFittedTest {
    private static final String FIT = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";

    private final RandomLabelsAreFitted claim = new RandomLabelsAreFitted();
    private final SimulatedEvidence fitted =
            SimulatedEvidence.of(claim).everywhere(FIT, 600, 1).everywhere(TEST, 600, 0.3);

    @Test
    void whatIsFittedSupportsAll() {
        assertThat(outcomes(fitted)).containsOnly(Outcome.SUPPORTED).hasSize(4);
    }

    @Test
    void randomLabelsThatAreMissedRefuteTheFirst() {
        assertThat(outcomes(fitted.copy().same("convolutional, random labels, neither", FIT, 601, 0.9)))
                .containsExactly(Outcome.REFUTED, Outcome.SUPPORTED, Outcome.SUPPORTED, Outcome.REFUTED);
    }

    @Test
    void noiseThatIsMissedWithDropoutRefutesTheThird() {
        assertThat(outcomes(fitted.copy().same("convolutional, noise inputs, dropout", FIT, 601, 0.9)))
                .containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED, Outcome.REFUTED, Outcome.REFUTED);
    }

    @Test
    void theDenseNetworkCountsInTheTableAlone() {
        assertThat(outcomes(fitted.copy().same("dense, shuffled pixels, decay", FIT, 601, 0.98)))
                .containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED, Outcome.SUPPORTED, Outcome.REFUTED);
    }

    @Test
    void newExamplesThatAreAllRightLeaveItOpen() {
        assertThat(outcomes(fitted.copy().same("convolutional, random labels, neither", TEST, 601, 1)))
                .startsWith(Outcome.INCONCLUSIVE, Outcome.SUPPORTED);
    }

    private List<Outcome> outcomes(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }
}
