package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

final class InputNormsTest {
    /** Two examples of two channels and three pixels, small whole numbers: every sum of squares is exact. */
    private static final float[] VALUES = {1, 0, -2, 3, 0, 1, 0, 2, 0, -4, 1, 0};

    /** Squares: rows 1 + 4 + 9 + 1 = 15 and 4 + 16 + 1 = 21; columns 1, 4, 4, 25, 1, 1; pixels 26, 5, 5. */
    @Test
    void normsAreThoseWorkedByHand() {
        InputNorms norms = InputNorms.of(2, 2, 3, SharedArray.of(Shape.of(2, 6), VALUES)::read);
        assertThat(norms).isEqualTo(new InputNorms(2, 6, Math.sqrt(36), Math.sqrt(21), 4, 5, 26));
    }

    @Test
    void doublesAndMatricesAreReadAlike() {
        double[] values = new double[VALUES.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = VALUES[i];
        }
        InputNorms norms = InputNorms.of(new Matrix(2, 6, values), 2);
        assertThat(InputNorms.of(2, 2, 3, SharedArray.of(Shape.of(2, 6), values)::read))
                .isEqualTo(norms);
        assertThat(InputNorms.of(2, 2, 3, SharedArray.of(Shape.of(2, 6), VALUES)::read))
                .isEqualTo(norms);
    }
}
