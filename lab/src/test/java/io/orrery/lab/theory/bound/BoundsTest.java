package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void eachBoundSaysWhatItIsUnderANameOfItsOwn() {
        assertThat(Bounds.all()).extracting(bound -> bound.description().name()).doesNotHaveDuplicates();
        assertThat(Bounds.all()).allSatisfy(bound -> {
            Bound.Description description = bound.description();
            assertThat(description.name()).matches("[a-z-]+");
            assertThat(description.about()).isNotBlank();
            assertThat(description.source()).containsPattern("20[0-9]{2}");
            assertThat(description.multiclass()).isNotBlank();
            assertThat(Bounds.named(description.name())).isSameAs(bound);
        });
        assertThatThrownBy(() -> Bounds.named("gardner"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no bound is named gardner");
    }

    /** Margins 0.5, 1, ..., 5: the 10% quantile lies 0.9 of the way from 0.5 to 1. */
    @Test
    void aBoundAtAQuantileOfTheMargins() {
        double[] margins = {5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5};
        Bound bound = new SizeIndependent();
        ErrorBound least =
                ErrorBound.at(bound, Golden.input(), margins, 0, 1e-3).orElseThrow();
        assertThat(least.margin()).isEqualTo(0.5);
        assertThat(least.ramp()).isZero();
        assertThat(least.error()).isCloseTo(bound.gap(Golden.input(), 0.5, 1e-3), within(1e-12));
        assertThat(least.vacuous()).isTrue();
        ErrorBound tenth =
                ErrorBound.at(bound, Golden.input(), margins, 0.1, 1e-3).orElseThrow();
        assertThat(tenth.margin()).isCloseTo(0.95, within(1e-12));
        assertThat(tenth.ramp()).isEqualTo(0.1);
        assertThat(tenth.error()).isCloseTo(0.1 + tenth.gap(), within(1e-12));
        assertThat(new ErrorBound(1, 0.1, 0.2).vacuous()).isFalse();
        assertThat(new ErrorBound(1, 0.1, Double.NaN).vacuous()).isTrue();
    }

    @Test
    void withoutAPositiveMarginThereIsNoBound() {
        double[] margins = {-0.1, 0.4, 0.5, 0.6};
        assertThat(ErrorBound.at(new SizeIndependent(), Golden.input(), margins, 0, 1e-3))
                .isEmpty();
        assertThat(ErrorBound.at(new SizeIndependent(), Golden.input(), margins, 0.5, 1e-3))
                .isPresent();
        assertThat(ErrorBound.at(new SizeIndependent(), Golden.input(), new double[0], 0, 1e-3))
                .isEmpty();
    }
}
