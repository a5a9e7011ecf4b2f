package io.orrery.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulingTest {
    @Test
    void oneFindingKeepsItsFullError() {
        Ruling ruling = Ruling.of(away(2.8));

        assertThat(ruling.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(ruling.reason()).isEqualTo("as predicted");
        assertThat(ruling.main().interval().level()).isCloseTo(0.95, within(1e-15));
    }

    @Test
    void holmByHand() {
        // One-sided p of t = 2.8, 3.2, 5.0 with 4 degrees (tables: 2.776 is 0.025, 3.747 is 0.01, 4.604 is 0.005):
        // 0.0244, 0.0165, 0.0037. Holm: 0.0037 <= 0.025 / 3 = 0.00833; then 0.0165 > 0.025 / 2 = 0.0125: stop.
        Ruling ruling = Ruling.of(away(2.8), away(3.2), away(5.0));

        assertThat(ruling.findings())
                .extracting(Finding::outcome)
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE, Outcome.SUPPORTED);
        assertThat(ruling.findings().get(2).interval().level()).isCloseTo(1 - 2 * 0.025 / 3, within(1e-12));
        assertThat(ruling.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(ruling.reason()).isEqualTo("undecided: t 2.8 and t 3.2");
    }

    @Test
    void intervalsBearOutTheOutcomesAfterHolm() {
        for (Finding finding :
                Ruling.of(away(2.8), away(3.2), away(5.0), away(-9)).findings()) {
            boolean inside = finding.interval().low() >= 0;
            boolean outside = finding.interval().high() <= 0;
            assertThat(finding.outcome())
                    .isEqualTo(inside ? Outcome.SUPPORTED : outside ? Outcome.REFUTED : Outcome.INCONCLUSIVE);
        }
    }

    @Test
    void stepDownIsNotBonferroni() {
        // 0.0037 <= 0.00833, 0.0110 (t = 3.65) <= 0.0125, 0.0244 <= 0.025: all, though Bonferroni passes only the
        // first.
        assertThat(Ruling.of(away(5.0), away(3.65), away(2.8)).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void findingsOfARulingCanBeRuledOnAnew() {
        Finding undecided = Ruling.of(away(2.8), away(3.2)).main();

        assertThat(undecided.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(Ruling.of(undecided).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(Ruling.of(undecided)).isEqualTo(Ruling.of(away(2.8)));
    }

    @Test
    void oneRefutedFindingRefutes() {
        Ruling ruling = Ruling.of(away(9), away(-9));

        assertThat(ruling.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(ruling.reason()).isEqualTo("against the prediction: t -9");
    }

    @Test
    void refutationIsCorrectedToo() {
        assertThat(Ruling.of(away(-2.8)).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Ruling.of(away(-2.8), away(9)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void identitiesTakeNoShareOfTheError() {
        Finding identity = Exactly.identity("rho", "holds", new double[5], 1e-3);

        assertThat(Ruling.of(identity, away(2.8)).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void anUnmetRequirementLeavesItOpen() {
        double[] accuracies = {1, 1, 0.93, 1, 1};
        Requirement fitted = Requirement.all("fitted", "train accuracy", accuracies, Threshold.atLeast(0.99));
        Ruling ruling = Ruling.of(List.of(away(-9)), List.of(Requirement.seeds(5), fitted));

        assertThat(ruling.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(ruling.isJudged()).isFalse();
        assertThat(ruling.reason())
                .isEqualTo("not judged: train accuracy must be at least 0.99 in every seed, found 0.93 in the 3rd");
    }

    @Test
    void aRulingNeedsAFinding() {
        assertThatThrownBy(Ruling::of).hasMessage("a ruling needs at least one finding");
    }

    /** Five values whose mean lies so many standard errors above the threshold of 0. */
    private static Finding away(double t) {
        double shift = t * Math.sqrt(0.5);
        double[] values = {shift - 2, shift - 1, shift, shift + 1, shift + 2};
        return Level.of("the quantity", "positive", values, Threshold.atLeast(0))
                .named("t " + Plain.number(t));
    }
}
