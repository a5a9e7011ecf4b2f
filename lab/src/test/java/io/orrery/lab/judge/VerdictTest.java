package io.orrery.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Ruling SHOWN = level(9);
    private static final Ruling ABSENT = level(-9);
    private static final Ruling OPEN = level(0.1);
    private static final Ruling UNJUDGED =
            Ruling.of(SHOWN.findings(), List.of(Requirement.of("fitted", false, "the training set must be fitted")));

    @Test
    void theTreatmentDecidesWhereTheControlIsSilent() {
        assertThat(Verdict.of(SHOWN, ABSENT).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(Verdict.of(ABSENT, ABSENT).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Verdict.of(OPEN, ABSENT).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aControlThatDoesNotExcludeTheEffectSupportsNothingAndSaysSo() {
        Verdict verdict = Verdict.of(SHOWN, OPEN);

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason())
                .startsWith("the effect was seen, but is not excluded in the control: the level is 0.1 (95% interval");
        assertThat(verdict.findings().getFirst().controlText()).startsWith("not excluded in the control: the level");
        assertThat(Verdict.of(ABSENT, OPEN).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Verdict.of(SHOWN, ABSENT).findings().getFirst().controlText())
                .startsWith("excluded in the control: the level is -9");
    }

    @Test
    void everyFindingHasItsOwnControl() {
        Finding first = SHOWN.main().named("first");
        Finding second = SHOWN.main().named("second");
        Ruling both = Ruling.of(first, second);

        Verdict verdict = Verdict.of(both, Ruling.of(ABSENT.main(), SHOWN.main()));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason()).startsWith("second: the control shows the effect too");
        assertThat(verdict.findings().stream().map(Controlled::outcome))
                .containsExactly(Outcome.SUPPORTED, Outcome.INCONCLUSIVE);
        assertThat(Verdict.of(both, Ruling.of(ABSENT.main(), ABSENT.main())).outcome())
                .isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aFindingWithoutAControlIsOpenUnlessItSaysWhy() {
        Finding first = SHOWN.main().named("first");
        Finding second = SHOWN.main().named("second");

        Verdict silent = Verdict.of(Ruling.of(first, second), ABSENT);
        assertThat(silent.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(silent.reason())
                .isEqualTo("second: the effect was seen, but no control was asked the same question");

        Verdict said = Verdict.of(Ruling.of(first.withoutControl("a theorem"), second), ABSENT);
        assertThat(said.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(said.findings().getFirst().controlText()).isEqualTo("no control: a theorem");
    }

    @Test
    void aControlMayNameTheFindingThatItAsks() {
        Finding first = SHOWN.main().named("first");
        Finding second = SHOWN.main().named("second");
        Ruling both = Ruling.of(first, second);

        Verdict verdict = Verdict.of(
                both,
                Ruling.of(SHOWN.main().controlling("second"), ABSENT.main().controlling("first")));
        assertThat(verdict.findings().stream().map(Controlled::outcome))
                .containsExactly(Outcome.SUPPORTED, Outcome.INCONCLUSIVE);
        assertThatThrownBy(() -> Verdict.of(both, Ruling.of(ABSENT.main().controlling("third"))))
                .hasMessageContaining("'third'")
                .hasMessageContaining("first and second");
    }

    @Test
    void whatTheControlAsksBesidesBlocksEverything() {
        assertThat(Verdict.of(SHOWN, Ruling.of(ABSENT.main(), OPEN.main())).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aControlsFindingIsExcludedAtItsOwnError() {
        // p = 0.017 against: excluded alone, not at half the error that two findings would share.
        Finding close = Level.of("it", "", new double[] {-3.3, -2.3, -1.3, -0.3, 0.7}, Threshold.atLeast(0.8));
        assertThat(close.pValueAgainst()).isBetween(0.0125, 0.025);
        Ruling control = Ruling.of(close, close);
        assertThat(control.findings()).allMatch(finding -> finding.outcome() == Outcome.INCONCLUSIVE);

        Verdict verdict = Verdict.of(Ruling.of(SHOWN.main(), SHOWN.main().named("other")), control);
        assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aVerdictThatIsWithheldKeepsItsNumbers() {
        Verdict withheld = Verdict.of(SHOWN, ABSENT).withheld("another question");

        assertThat(withheld.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(withheld.reason()).isEqualTo("another question");
        assertThat(withheld.effect()).isEqualTo(9);
    }

    @Test
    void aControlThatShowsTheEffectLeavesEverythingOpen() {
        for (Ruling treatment : List.of(SHOWN, ABSENT, OPEN)) {
            Verdict verdict = Verdict.of(treatment, SHOWN);
            assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(verdict.reason())
                    .startsWith("the control shows the effect too")
                    .contains("the level is 9");
        }
    }

    @Test
    void aControlThatCouldNotBeJudgedVouchesForNothing() {
        Verdict verdict = Verdict.of(SHOWN, UNJUDGED);

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("the effect was seen, but the control could not be judged: not judged: the training set must"
                        + " be fitted");
        assertThat(Verdict.of(ABSENT, UNJUDGED).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void theMainFindingStandsForTheClaim() {
        Verdict verdict = Verdict.of(SHOWN, ABSENT);

        assertThat(verdict.effect()).isEqualTo(9);
        assertThat(verdict.threshold()).isEqualTo(Threshold.atLeast(0));
        assertThat(verdict.interval().contains(9)).isTrue();
        assertThat(verdict.kind()).isEqualTo(Kind.EFFECT);
    }

    @Test
    void aVerdictThatIsNotOfTheMainFindingIsDecidedByAnother() {
        Finding shown = SHOWN.main();
        Finding absent = ABSENT.main().named("another");
        Verdict refuted = Verdict.of(Ruling.of(shown, absent), ABSENT);

        assertThat(refuted.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(refuted.main().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(refuted.decisive().name()).isEqualTo("another");
        assertThat(Verdict.of(SHOWN, ABSENT).decisive()).isEqualTo(shown);
        assertThat(Verdict.of(UNJUDGED, ABSENT).decisive()).isEqualTo(UNJUDGED.main());
    }

    @Test
    void identitiesAreCountedApart() {
        Verdict identity = Verdict.of(
                Ruling.of(Exactly.identity("rho", "", new double[5], 1e-3)),
                Ruling.of(Exactly.identity("rho", "", new double[] {1, 1, 1, 1, 1}, 1e-3)));
        Tally tally = Tally.of(
                List.of(identity, Verdict.of(SHOWN, ABSENT), Verdict.of(ABSENT, ABSENT), Verdict.of(SHOWN, SHOWN)));

        assertThat(tally).isEqualTo(new Tally(1, 1, 1, 1, 1));
        assertThat(tally.text()).isEqualTo("1 of 3 supported, 1 refuted, 1 inconclusive; 1 of 1 identities hold");
    }

    private static Ruling level(double centre) {
        double[] values = {centre - 2, centre - 1, centre, centre + 1, centre + 2};
        return Ruling.of(Level.of("the level", "positive", values, Threshold.atLeast(0)));
    }
}
