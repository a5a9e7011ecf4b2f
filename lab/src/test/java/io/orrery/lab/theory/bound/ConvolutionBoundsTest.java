package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B8 and B9, worked out by hand. */
class ConvolutionBoundsTest {
    private static final double E2 = Math.E * Math.E;

    /** One 1 x 1 convolution (weight 2, initially 1, four pixels), then a dense row (3, 4, 0, 0), initially 0. */
    private static BoundInput network() {
        return new BoundInput(
                List.of(
                        new BoundLayer(
                                BoundLayer.Kind.CONVOLUTION, Golden.matrix(1, 2), Golden.matrix(1, 1), 1, 1, 4, 1),
                        BoundLayer.dense(Golden.matrix(1, 3, 4, 0, 0))),
                InputNorms.of(Golden.matrix(2, 1, 0, 0, 0, 0, 2, 0, 0), 1),
                1);
    }

    @Test
    void graf() {
        // Lipschitz constants 2 and 5; ||X||_F = sqrt 5; C_1 = 4 sqrt(5/2) 10 * 1 / 2, C_2 = 4 sqrt(5/2) 10 * 5 / 5.
        double common = 4 * Math.sqrt(2.5);
        double sum = Math.cbrt(Math.pow(common * 5, 2)) + Math.cbrt(Math.pow(common * 10, 2));
        double expected = 2 + 12 * Math.log(2) / Math.sqrt(2) * Math.sqrt(Math.log(8)) * Math.pow(sum, 1.5);
        assertThat(new Graf().complexity(network(), 1)).isCloseTo(expected, within(1e-8 * expected));
        assertThat(new Graf().complexity(network(), 4) - 2).isCloseTo((expected - 2) / 4, within(1e-8 * expected));
    }

    @Test
    void ledent() {
        // B = 2; layer 1: 2 * 5 * 1 * sqrt(4) = 20 (other constant 5); layer 2: 2 * 2 * 5 * 1 = 20.
        double r = Math.pow(2 * Math.cbrt(400), 1.5);
        // Gamma = 20 * 4 * 1, W = 4.
        double logarithm = Math.log(32 * 80 * 4 + 7 * 4 * 2) / Math.log(2);
        double expected = 2 + 768 * r * Math.sqrt(logarithm) * Math.log(2) / Math.sqrt(2);
        assertThat(new Ledent().complexity(network(), 1)).isCloseTo(expected, within(1e-8 * expected));
    }

    /** b = (2, 3, 0.5): layer 1 looks at 1/3 and 5/0.5, layer 2 at 1/0.5. */
    @Test
    void ledentWithMeasuredPatches() {
        double[] terms =
                Ledent.terms(new double[] {2, 3, 0.5}, new double[] {7, 5}, new double[] {1, 4}, new int[] {9, 1});
        assertThat(terms).containsExactly(2 * 10 * 3 * 1, 3 * 2 * 4);
    }

    /** Lipschitz constants after a layer count: tanh-like 0.5 halves what passes. */
    @Test
    void activationsCount() {
        Matrix identity = Golden.matrix(2, 1, 0, 0, 1);
        BoundLayer half = new BoundLayer(BoundLayer.Kind.DENSE, identity, Matrix.zeros(2, 2), 1, 1, 1, 0.5);
        BoundInput input = new BoundInput(List.of(half, BoundLayer.dense(identity)), InputNorms.of(Golden.X, 1), 2);
        assertThat(input.lipschitzProduct()).isCloseTo(0.5, within(1e-12));
        // Row norms 2 each over spectral norms 1: 0.5 * (2 * 2^(2/3))^(3/2) = 0.5 * 2^(5/2).
        assertThat(SpectralComplexity.spectralComplexity(input)).isCloseTo(0.5 * Math.pow(2, 2.5), within(1e-10));
        assertThat(Graf.capacity(Math.sqrt(E2), 1, 1, 1, 4, 1)).isCloseTo(Math.E, within(1e-12));
    }
}
