package io.orrery.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Verdict.of(SHOWN, OPEN).outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(Verdict.of(ABSENT, ABSENT).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Verdict.of(OPEN, ABSENT).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aControlThatShowsTheEffectLeavesEverythingOpen() {
        for (Ruling treatment : List.of(SHOWN, ABSENT, OPEN, UNJUDGED)) {
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
