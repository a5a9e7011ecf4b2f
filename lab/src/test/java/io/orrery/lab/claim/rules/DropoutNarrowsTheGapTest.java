package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All fit: with few examples the test accuracy is 0.7 and 0.8 with dropout, with many 0.9 either way. */
final class DropoutNarrowsTheGapTest {
    private static final String FIT = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String TRAIN_LOSS = "loss.loss@train";
    private static final String TEST_LOSS = "loss.loss@test";
    private static final String HALF = "300 examples, half dropped";

    private final DropoutNarrowsTheGap claim = new DropoutNarrowsTheGap();
    private final SimulatedEvidence effect = SimulatedEvidence.of(claim)
            .everywhere(FIT, 240, 1)
            .everywhere(TRAIN_LOSS, 240, 0.1)
            .everywhere(TEST, 240, 0.9)
            .everywhere(TEST_LOSS, 240, 0.3)
            .same("300 examples, all units", TEST, 241, 0.7)
            .same("300 examples, all units", TEST_LOSS, 241, 1.1)
            .same(HALF, TEST, 241, 0.8)
            .same(HALF, TEST_LOSS, 241, 0.6);

    @Test
    void aNarrowerGapAndBetterTestsSupportIt() {
        assertThat(outcomes(effect)).containsExactly(Outcome.SUPPORTED, Outcome.REFUTED);
    }

    /** A gap in loss of 0.95, 0.05 less than without. */
    @Test
    void aGapInLossThatStaysRefutesIt() {
        assertThat(outcomes(effect.copy().same(HALF, TEST_LOSS, 242, 1.05))).startsWith(Outcome.REFUTED);
    }

    @Test
    void testsThatGetWorseRefuteIt() {
        assertThat(outcomes(effect.copy().same(HALF, TEST, 242, 0.65))).startsWith(Outcome.REFUTED);
    }

    /** The gap is narrow since training got worse: 0.7 in both. */
    @Test
    void aNarrowerGapWithoutBetterTestsRefutesIt() {
        assertThat(outcomes(effect.copy().same(HALF, TEST, 242, 0.7).same(HALF, FIT, 242, 0.75)))
                .startsWith(Outcome.REFUTED);
    }

    @Test
    void cleanLabelsAreJudgedByThemselves() {
        assertThat(outcomes(effect.copy().same("300 examples, clean labels, half dropped", TEST, 242, 0.98)))
                .containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED);
    }

    @Test
    void theSameWithManyExamplesLeavesItOpen() {
        assertThat(outcomes(effect.copy()
                        .same("9000 examples, half dropped", TEST, 242, 0.98)
                        .same("9000 examples, half dropped", TEST_LOSS, 242, 0.15)))
                .startsWith(Outcome.INCONCLUSIVE);
    }

    @Test
    void theSameWithManyCleanExamplesLeavesTheSecondOpen() {
        assertThat(outcomes(effect.copy()
                        .same("300 examples, clean labels, half dropped", TEST, 242, 0.98)
                        .same("9000 examples, clean labels, half dropped", TEST, 242, 0.98)))
                .containsExactly(Outcome.SUPPORTED, Outcome.INCONCLUSIVE);
    }

    private List<Outcome> outcomes(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }
}
