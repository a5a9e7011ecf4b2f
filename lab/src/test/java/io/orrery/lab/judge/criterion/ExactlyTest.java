package io.orrery.lab.judge.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

class ExactlyTest {
    private static final double NAN = Double.NaN;

    @Test
    void anIdentityIsJudgedByItsWorstSeed() {
        Finding held = Exactly.identity("rho", "the formula holds", new double[] {1e-9, 3e-4, 0, 0, 0}, 1e-3);
        Finding missed = Exactly.identity("rho", "the formula holds", new double[] {1e-9, 3e-3, 0, 0, 0}, 1e-3);

        assertThat(held.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(held.kind()).isEqualTo(Kind.IDENTITY);
        assertThat(held.explanation())
                .isEqualTo("the largest relative error of rho is 0.0003 (5 seeds); predicted at most 0.001");
        assertThat(missed.outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anIdentityIsJudgedOnEverySeed() {
        Finding open = Exactly.identity("rho", "", new double[] {0, 0, 0, NAN, 0, 0}, 1e-3);
        Finding missed = Exactly.identity("rho", "", new double[] {1, 0, 0, NAN, 0, 0}, 1e-3);

        assertThat(open.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(open.explanation())
                .endsWith("no finite number from the 4th of 6 seeds; an identity is judged on all of them");
        assertThat(missed.outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void fewSeedsSupportNothingButOneViolationRefutes() {
        Finding open = Exactly.identity("rho", "", new double[] {0, 0}, 1e-3);
        Finding missed = Exactly.identity("rho", "", new double[] {0, 1}, 1e-3);

        assertThat(open.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(open.explanation()).endsWith("at least 5 seeds are needed");
        assertThat(missed.outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(missed.explanation()).endsWith("one violation is enough to refute it");
    }

    @Test
    void nothingMeasuredIsNoViolation() {
        assertThat(Exactly.identity("rho", "", new double[] {NAN, NAN, NAN, NAN, NAN}, 1e-3)
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void theErrorOfTwoSidesIsRelativeToTheLarger() {
        double[] left = {1, 0, -2, 4, 5};
        double[] right = {1, 0, -2, 5, 5};
        Finding found = Exactly.equality("rho", "", left, right, 0.1);

        assertThat(found.effect()).isCloseTo(0.2, within(1e-15));
        assertThat(found.outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aBoundHoldsUntilItsFirstViolation() {
        double[] bounds = {2, 2, 2, 2, 0};
        Finding held = Exactly.bound("the gap", "the bound holds", new double[] {1, 1.8, 1, 1, 0}, bounds);
        Finding violated = Exactly.bound("the gap", "the bound holds", new double[] {1, 1.8, 1, 1, 1e-9}, bounds);

        assertThat(held.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(held.kind()).isEqualTo(Kind.BOUND);
        assertThat(held.explanation())
                .isEqualTo("the gap is at worst 0.9 times its bound (5 seeds); predicted at most 1");
        assertThat(violated.outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void roundingIsNoViolation() {
        double[] bounds = {1, 1, 1, 1, 1};
        double[] values = {1 + 1e-12, 0, 0, 0, 0};

        assertThat(Exactly.bound("it", "", values, bounds).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(Exactly.bound("it", "", values, bounds, 1e-9).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void fewSeedsDoNotSupportButRefute() {
        assertThat(Exactly.bound("it", "", new double[] {0.5}, new double[] {1}).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(Exactly.bound("it", "", new double[] {1.5}, new double[] {1}).outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThatThrownBy(() -> Exactly.bound("it", "", new double[] {1}, new double[] {-1}))
                .hasMessage("a bound must be at least 0, found -1.0");
    }
}
