package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.math.Matrix;
import java.util.List;
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

    @Test
    void spectraOfSeveralMatricesAreThoseOfEachWhateverThreadsThereAre() {
        List<Matrix> matrices = List.of(inputs, weights, Sight.matrix(1, 3, 4), inputs);
        try (Workers workers = Workers.of(3)) {
            Derived look = Derived.ofRun(workers).ofLook();
            look.prepareSpectra(matrices);
            for (Matrix matrix : matrices) {
                assertThat(look.spectrum(matrix).values())
                        .isEqualTo(Derived.empty().spectrum(matrix).values());
            }
            assertThat(look.spectrum(Sight.matrix(1, 3, 4)).values()).containsExactly(5);
        }
    }
}
