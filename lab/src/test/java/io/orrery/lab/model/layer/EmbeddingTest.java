package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Parameter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static Layers tokens(boolean positions) {
        Layers layers = Layers.of(Shape.of(3), 6, new Embedding(4, 2, positions), new Positionwise(2));
        layers.set("layers.0.weight", 1, 2, 3, 4, 5, 6, 7, 8);
        return layers.set("layers.1.weight", Layers.diagonal(2, 1));
    }

    @Test
    void tokensBecomeTheirRows() {
        assertThat(tokens(false).of(2, 0, 3, 1, 1, 2)).containsExactly(5, 6, 1, 2, 7, 8, 3, 4, 3, 4, 5, 6);
    }

    @Test
    void eachPositionAddsARowOfItsOwn() {
        Layers layers = tokens(true).set("layers.0.positions", 10, 0, 20, 0, 30, 0.5);
        assertThat(layers.of(2, 0, 3)).containsExactly(15, 6, 21, 2, 37, 8.5);
    }

    @Test
    void theGradientOfARowAddsUpOverItsTokens() {
        // Of the sum of squares: twice the row for each time that a token occurs.
        assertThat(tokens(false).gradient("layers.0.weight", 1, 1, 3)).containsExactly(0, 0, 12, 16, 0, 0, 14, 16);
    }

    @Test
    void startsWithAVarianceOfOneOverTheFeatures() {
        Layers layers = Layers.of(Shape.of(50), 100, new Embedding(40, 64, true), new Positionwise(2));
        assertThat(deviation(layers.get("layers.0.weight"))).isCloseTo(1.0 / 8, within(0.005));
        assertThat(deviation(layers.get("layers.0.positions"))).isCloseTo(0.02, within(0.001));
    }

    private static double deviation(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum() / values.length);
    }

    @Test
    void arraysAreCalledAsInPyTorchAndTheNetworkIsNotHomogeneous() {
        Layers layers = tokens(true);
        assertThat(layers.network.parameters())
                .extracting(Parameter::name)
                .containsExactly("layers.0.weight", "layers.0.positions", "layers.1.weight");
        assertThat(layers.network.homogeneous()).isFalse();
        assertThat(layers.network.vocabulary()).isEqualTo(4);
    }

    @Test
    void refusesWhatIsNoListOfTokens() {
        assertThatThrownBy(() -> Layers.of(Shape.of(3, 2), 6, Embedding.defaults(), new Positionwise(2)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("an embedding needs numbers of tokens [positions], but its input is [3, 2]");
    }
}
