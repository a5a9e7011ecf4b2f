package io.orrery.lab.instrument.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Architecture;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.layer.Attention;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.FeedForward;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.LayerNorm;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.Lstm;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Positionwise;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.model.layer.Rnn;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceInstrumentTest {
    private static final Matrix FIRST = Sight.matrix(2, 1, 2, 0, 0, 0, 3);
    private static final Matrix SECOND = Sight.matrix(1, 2, 4);

    /** Rows of the first have squares 5 and 9, columns of the second 4 and 16. */
    @Test
    void neighboursAreComparedAsAWholeAndUnitByUnit() {
        Found found = read(Normalization.NONE, Sight.dense("layers.0", FIRST), Sight.dense("layers.1", SECOND));
        assertThat(found.get("balance.difference/layers.0")).containsExactly(-6.0);
        assertThat(found.get("balance.units/layers.0")).containsExactly(1.0, -7.0);
        // (4, 8; 8, 16) against diag(5, 9): the difference (-1, 8; 8, 7).
        assertThat(found.get("balance.matrices/layers.0").getFirst()).isCloseTo(Math.sqrt(178.0 / 106), within(1e-14));
    }

    @Test
    void convolutionsAreComparedAsAWhole() {
        LayerWeights kernel = new LayerWeights("layers.0", FIRST, WeightLayer.Kind.CONVOLUTION, 4, 3);
        Found found = read(Normalization.NONE, kernel, Sight.dense("layers.2", Sight.matrix(1, 1, 1, 1, 1)));
        assertThat(found.bySeries()).containsOnlyKeys("balance.difference/layers.0");
        assertThat(found.get("balance.difference/layers.0")).containsExactly(10.0);
    }

    @Test
    void nothingIsReadWhereItWouldMeanNothing() {
        LayerWeights last = Sight.dense("layers.1", SECOND);
        assertThat(read(Normalization.FROBENIUS, Sight.dense("layers.0", FIRST), last)
                        .bySeries())
                .isEmpty();
    }

    /** Matrices of one layer need not follow each other; what has none stands in no one's way. */
    @Test
    void layersMustMakeAChain() {
        LayerWeights[] both = {Sight.dense("layers.0", FIRST), Sight.dense("layers.1", SECOND)};
        List<Layer> broken = List.of(
                new Residual(List.of(new Dense(2))),
                Attention.defaults(),
                new FeedForward(2),
                Rnn.defaults(),
                Lstm.defaults());
        assertThat(broken)
                .allSatisfy(layer -> assertThat(read(new Layered(List.of(layer), true), Normalization.NONE, both)
                                .bySeries())
                        .isEmpty());
        List<Layer> whole = List.of(
                new Dense(2),
                Conv.defaults(),
                Local.defaults(),
                new Positionwise(2),
                MaxPool.defaults(),
                new LayerNorm());
        assertThat(whole)
                .allSatisfy(layer -> assertThat(read(new Layered(List.of(layer), true), Normalization.NONE, both)
                                .bySeries())
                        .isNotEmpty());
    }

    private static Found read(Normalization normalization, LayerWeights... layers) {
        return read(Mlp.defaults(), normalization, layers);
    }

    private static Found read(Architecture architecture, Normalization normalization, LayerWeights... layers) {
        Matrix one = Sight.matrix(1, 1);
        return Sight.read(
                new BalanceInstrument(),
                Sight.of(
                        Specs.of(architecture, normalization, 0.01, LossSpec.defaults(), 0),
                        2,
                        List.of(layers),
                        new Probe(new int[] {0}, one, List.of(), one, true, 1)));
    }
}
