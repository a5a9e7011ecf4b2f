package io.orrery.lab.instrument.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.Gradients;
import io.orrery.lab.observe.Observation.LayerGradient;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DualityInstrumentTest {
    private static final Matrix INPUTS = Sight.matrix(2, 1, 0, 0, 1, 1, 0);
    private static final Matrix FEATURES = Sight.matrix(2, 2, 0, 0, 1);
    private static final Matrix FIRST = Sight.matrix(2, 1, 0, 3, 0, 4, 0);
    private static final Matrix LAST = Sight.matrix(2, 2, 0, 0, 1);

    /** d W = 0.02 (1, 0, 3; 0, 4, 0) against a gradient that cancels all but the 3. */
    @Test
    void theResidualIsWhatTheGradientLeavesOfTheDecay() {
        Found found = read(Normalization.NONE, 0.02);
        assertThat(found.get("duality.residual/layers.0").getFirst()).isCloseTo(3 / Math.sqrt(26), within(1e-12));
        assertThat(read(Normalization.FROBENIUS, 0.02).bySeries()).doesNotContainKey("duality.residual/layers.0");
        assertThat(read(Normalization.NONE, 0).bySeries()).doesNotContainKey("duality.residual/layers.0");
    }

    /** The inputs span the plane of the first two axes: the 3 sticks out. */
    @Test
    void rowsOutsideTheSpanOfTheInputs() {
        Found found = read(Normalization.NONE, 0.02);
        assertThat(found.get("duality.outside-inputs/layers.0").getFirst()).isCloseTo(3 / Math.sqrt(26), within(1e-12));
        assertThat(found.get("duality.outside-inputs/layers.1").getFirst()).isZero();
    }

    /** W^T W = H^T H = diag(4, 1) gives 1. */
    @Test
    void alignmentOfTheLastLayerWithItsFeatures() {
        assertThat(read(Normalization.NONE, 0.02)
                        .get("duality.weight-feature-alignment")
                        .getFirst())
                .isCloseTo(1, within(1e-12));
    }

    /** W^T W = (1, 0, 3; 0, 16, 0; 3, 0, 9) and H^T H = (2, 1, 0; 1, 1, 0; 0, 0, 0): 18 over the roots of 356 and 7. */
    @Test
    void alignmentOfEveryLayerWithWhatEntersIt() {
        Found found = read(Normalization.NONE, 0.02);
        assertThat(found.get("duality.gram-alignment/layers.0").getFirst())
                .isCloseTo(18 / Math.sqrt(356 * 7), within(1e-12));
        assertThat(found.get("duality.gram-alignment/layers.1").getFirst()).isCloseTo(1, within(1e-12));
    }

    @Test
    void alignmentAgreesWithItsDefinition() {
        Random random = new Random(2);
        Matrix weights = new Matrix(3, 5, random.doubles(15).toArray());
        for (int examples : new int[] {4, 9}) {
            Matrix features =
                    new Matrix(examples, 5, random.doubles(examples * 5L).toArray());
            Probe probe = new Probe(
                    new int[examples], features, List.of(), Products.timesTransposed(features, weights), true, 1);
            Matrix left = Products.gram(weights);
            Matrix right = Products.gram(features);
            double expected = Products.inner(left, right) / (Products.norm(left) * Products.norm(right));
            Sight sight = Sight.of(Specs.plain(), 3, List.of(Sight.dense("layers.0", weights)), probe);
            assertThat(Sight.read(new DualityInstrument(), sight)
                            .get("duality.weight-feature-alignment")
                            .getFirst())
                    .isCloseTo(expected, within(1e-12));
        }
    }

    private static Found read(Normalization normalization, double decay) {
        Probe probe = new Probe(
                new int[] {0, 1},
                INPUTS,
                List.of(new Features("layers.0", FEATURES)),
                Products.timesTransposed(FEATURES, LAST),
                true,
                1);
        Gradients gradients = new Gradients(
                0,
                0,
                1,
                List.of(new LayerGradient("layers.0", Sight.matrix(2, -decay, 0, 0, 0, -4 * decay, 0), decay)));
        return Sight.read(
                new DualityInstrument(),
                Sight.of(
                                Specs.of(normalization, 0.01, LossSpec.defaults(), 0),
                                2,
                                List.of(Sight.dense("layers.0", FIRST), Sight.dense("layers.1", LAST)),
                                probe)
                        .gradients(gradients));
    }
}
