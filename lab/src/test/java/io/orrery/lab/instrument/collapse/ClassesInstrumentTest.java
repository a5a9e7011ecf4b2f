package io.orrery.lab.instrument.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two examples of class 0 and one of class 1. */
class ClassesInstrumentTest {
    private static final Matrix FEATURES = Sight.matrix(3, 3, 1, 1, -1, 0, 2);
    private static final Matrix WEIGHTS = Sight.matrix(2, 0.5, 0, 0.3, 0.4);
    private static final int[] LABELS = {0, 0, 1};

    @Test
    void eachClassHasItsOwnNumbers() {
        Found found = read(Normalization.NONE, 1, 0.25, -0.25);
        // Mean features (2, 0) and (0, 2); outputs W h + b.
        assertThat(found.get("classes.examples")).containsExactly(2.0, 1.0);
        assertThat(found.get("classes.output").get(0)).isCloseTo(1.25, within(1e-15));
        assertThat(found.get("classes.output").get(1)).isCloseTo(0.55, within(1e-15));
        assertThat(found.get("classes.off-diagonal").getFirst()).isCloseTo(0.35, within(1e-15));
        assertThat(found.get("classes.feature-norm")).containsExactly(6.0, 4.0);
        assertThat(found.get("classes.classifier-norm").get(0)).isCloseTo(0.25, within(1e-15));
        assertThat(found.get("classes.classifier-norm").get(1)).isCloseTo(0.25, within(1e-15));
        assertThat(found.get("classes.classifier-cosines").getFirst()).isCloseTo(0.6, within(1e-15));
        assertThat(found.get("classes.bias")).containsExactly(0.25, -0.25);
        // Distances of 2 for two of three examples, means of square 4 for each of the three.
        assertThat(found.get("classes.spread").getFirst()).isCloseTo(Math.sqrt(4.0 / 12), within(1e-15));
        // Mean outputs (1.25, 0.35; 0.25, 0.55): product of the singular values = determinant 0.6.
        List<Double> singular = found.get("classes.output-singular-values");
        assertThat(singular.get(0) * singular.get(1)).isCloseTo(0.6, within(1e-14));
        assertThat(singular.get(0) * singular.get(0) + singular.get(1) * singular.get(1))
                .isCloseTo(1.25 * 1.25 + 0.35 * 0.35 + 0.25 * 0.25 + 0.55 * 0.55, within(1e-14));
    }

    @Test
    void onTheSphereRhoCountsToTheClassifier() {
        double norm = Products.norm(WEIGHTS);
        Found found = read(Normalization.FROBENIUS, 3 * norm);
        assertThat(found.get("classes.classifier-norm").get(0)).isCloseTo(9 * 0.25, within(1e-14));
        assertThat(found.bySeries()).doesNotContainKey("classes.bias");
    }

    @Test
    void bitsAndSingleOutputsHaveNoClassifierPerClass() {
        Probe single = new Probe(LABELS, FEATURES, List.of(), Sight.matrix(3, 1, 1, -1), true, 1);
        List<LayerWeights> layer = List.of(Sight.dense("layers.0", Sight.matrix(1, 1, 0)));
        Sight sight = Sight.of(Specs.plain(), 2, layer, single);
        assertThat(Sight.read(new ClassesInstrument(), sight).bySeries()).isEmpty();
        assertThat(Sight.read(new ClassesInstrument(), sight.bits()).bySeries()).isEmpty();
    }

    private static Found read(Normalization normalization, double rho, double... bias) {
        Matrix outputs = Products.timesTransposed(FEATURES, WEIGHTS);
        for (int i = 0; i < outputs.values().length && bias.length > 0; i++) {
            outputs.values()[i] += bias[i % 2];
        }
        LayerWeights last = new LayerWeights("layers.1", WEIGHTS, WeightLayer.Kind.DENSE, 1, 1, bias, Optional.empty());
        Matrix unit = Sight.matrix(2, 1, 0, 0, 0);
        Probe probe = new Probe(LABELS, FEATURES, List.of(new Features("layers.0", FEATURES)), outputs, true, rho);
        return Sight.read(
                new ClassesInstrument(),
                Sight.of(
                        Specs.of(normalization, 0.01, LossSpec.defaults(), 0),
                        2,
                        List.of(Sight.dense("layers.0", unit), last),
                        probe));
    }
}
