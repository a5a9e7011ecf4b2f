package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import org.junit.jupiter.api.Test;

class LayerNormTest {
    @Test
    void everyPositionGetsMeanZeroAndVarianceOne() {
        Layers layers = Layers.of(Shape.of(2, 3), 6, new LayerNorm(), new Positionwise(3));
        layers.set("layers.1.weight", Layers.diagonal(3, 1));
        double[] found = layers.of(1, 2, 3, 10, 10, 40);
        // (1, 2, 3) has variance 2/3; (10, 10, 40) has mean 20 and variance 200.
        double first = Math.sqrt(2.0 / 3 + 1e-5);
        double second = Math.sqrt(200 + 1e-5);
        double[] expected = {-1 / first, 0, 1 / first, -10 / second, -10 / second, 20 / second};
        for (int i = 0; i < 6; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-14));
        }
    }

    @Test
    void eachFeatureHasAFactorAndAnAddend() {
        Layers layers = Layers.of(Shape.of(2), 2, new LayerNorm(), new Dense(2));
        layers.set("layers.0.weight", 3, 5).set("layers.0.bias", 0.5, -1).set("layers.1.weight", 1, 0, 0, 1);
        double unit = 1 / Math.sqrt(1 + 1e-5);
        assertThat(layers.of(4, 6)).containsExactly(new double[] {0.5 - 3 * unit, 5 * unit - 1}, within(1e-14));
    }

    @Test
    void gradientsAreThoseOfCentralDifferences() {
        Layers layers = Layers.of(Shape.of(2, 3), 6, new Positionwise(3), new LayerNorm(), new Positionwise(3))
                .drawn(2);
        // The first weight has an activation after it, at which none of these inputs is 0.
        assertThat(layers.gradientError(Layers.numbers(12))).isLessThan(1e-7);
        assertThat(layers.secondOrderError("layers.0.weight", Layers.numbers(12)))
                .isLessThan(1e-6);
    }

    @Test
    void refusesImages() {
        assertThatThrownBy(() -> Layers.of(Shape.of(1, 2, 2), 2, new LayerNorm(), new Dense(2)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer normalization needs [features] or [positions, features]");
    }
}
