package io.orrery.lab.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

class DerivedTest {
    private final Matrix inputs = Sight.matrix(2, 1, 0, 0, 1, 1, 0);
    private final Matrix weights = Sight.matrix(2, 1, 2, 3, 4, 5, 6);

    @Test
    void theSmallerGramMatrixIsComputedOncePerLook() {
        Derived look = Derived.empty().ofLook();
        assertThat(look.gram(weights).values()).containsExactly(14, 32, 32, 77);
        assertThat(look.gram(weights)).isSameAs(look.gram(weights));
        assertThat(look.span(weights)).isSameAs(look.span(weights));
        assertThat(look.span(weights).rank()).isEqualTo(2);
    }

    @Test
    void whatStaysTheSameIsKeptFromLookToLook() {
        Derived run = Derived.empty();
        run.lasting(inputs);
        assertThat(run.ofLook().span(inputs)).isSameAs(run.ofLook().span(inputs));
        assertThat(run.ofLook().gram(weights)).isNotSameAs(run.ofLook().gram(weights));
    }

    @Test
    void equalNumbersInAnotherArrayAreAnotherMatrix() {
        Derived look = Derived.empty().ofLook();
        Matrix copy = new Matrix(2, 3, weights.values().clone());
        assertThat(look.gram(copy)).isNotSameAs(look.gram(weights));
    }
}
