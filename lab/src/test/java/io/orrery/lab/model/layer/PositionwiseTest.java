package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.train.TestSpec;
import org.junit.jupiter.api.Test;

class PositionwiseTest {
    @Test
    void oneMatrixAndBiasServeAllPositions() {
        TestSpec spec = new TestSpec();
        spec.bias = true;
        Layers layers = Layers.of(spec, Shape.of(2, 2), 6, new Positionwise(3))
                .set("layers.0.weight", 1, 2, 3, 4, 5, 6)
                .set("layers.0.bias", 0.5, 0, -1);
        assertThat(layers.of(1, 0, 1, -1)).containsExactly(1.5, 3, 4, -0.5, -1, -2);
    }

    @Test
    void activationFollowsUnlessItIsTheOutput() {
        Layers layers = Layers.of(Shape.of(2, 1), 2, new Positionwise(1), new Positionwise(1))
                .set("layers.0.weight", 2)
                .set("layers.1.weight", -1);
        assertThat(layers.of(3, -3)).containsExactly(-6, 0);
    }

    @Test
    void feedForwardActivatesItsHiddenUnitsEvenAtTheEnd() {
        TestSpec spec = new TestSpec();
        spec.bias = true;
        Layers layers = Layers.of(spec, Shape.of(2, 1), 2, new FeedForward(2))
                .set("layers.0.linear1.weight", 1, -1)
                .set("layers.0.linear1.bias", 1, 0)
                .set("layers.0.linear2.weight", 1, 10)
                .set("layers.0.linear2.bias", 0.25);
        assertThat(layers.of(2, -3)).containsExactly(3.25, 30.25);
    }

    @Test
    void weightNormalizationIsByRows() {
        TestSpec spec = new TestSpec();
        spec.normalization = Normalization.WEIGHT;
        Layers layers = Layers.of(spec, Shape.of(1, 2), 1, new Positionwise(1))
                .set("layers.0.weight_v", 3, 4)
                .set("layers.0.weight_g", 10);
        assertThat(layers.of(1, 1)).containsExactly(new double[] {14}, within(1e-12));
        assertThat(layers.network.parameters())
                .extracting(Parameter::name)
                .containsExactly("layers.0.weight_g", "layers.0.weight_v");
    }

    @Test
    void instrumentsSeeAMatrixThatIsAppliedAtEachPosition() {
        WeightLayer layer = Layers.of(Shape.of(5, 2), 15, new Positionwise(3))
                .network
                .layers()
                .getFirst();
        assertThat(layer.matrix()).isTrue();
        assertThat(layer.rows()).isEqualTo(3);
        assertThat(layer.columns()).isEqualTo(2);
        assertThat(layer.positions()).isEqualTo(5);
        assertThat(layer.kernelArea()).isEqualTo(1);
    }

    @Test
    void aResidualBlockFitsAnotherNumberOfFeatures() {
        Layers layers = Layers.of(
                        Shape.of(2, 1), 4, new Residual(java.util.List.of(new Positionwise(2))), new Positionwise(2))
                .set("layers.0.layers.0.weight", 1, 1)
                .set("layers.0.projection.weight", 10, 20)
                .set("layers.1.weight", Layers.diagonal(2, 1));
        assertThat(layers.of(1, -1)).containsExactly(11, 21, -10, -20);
    }

    @Test
    void batchNormalizationIsRefused() {
        TestSpec spec = new TestSpec();
        spec.normalization = Normalization.BATCH;
        assertThatThrownBy(() -> Layers.of(spec, Shape.of(2, 2), 2, new Positionwise(2), new Dense(2)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("model.normalization: layers.0 is applied to sequences");
    }

    @Test
    void aPoolTakesTheMeanOrTheLastPosition() {
        for (SequencePool.Take take : SequencePool.Take.values()) {
            Layers layers = Layers.of(Shape.of(3, 2), 2, new SequencePool(take), new Dense(2))
                    .set("layers.1.weight", Layers.diagonal(2, 1));
            double[] expected = take == SequencePool.Take.MEAN ? new double[] {3, 5} : new double[] {6, 9};
            assertThat(layers.of(1, 2, 2, 4, 6, 9)).containsExactly(expected);
        }
    }
}
