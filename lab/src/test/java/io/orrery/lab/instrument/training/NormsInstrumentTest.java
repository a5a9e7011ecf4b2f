package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormsInstrumentTest {
    private static final LossSpec SINGLE =
            new LossSpec(LossSpec.Kind.SQUARE, LossSpec.Targets.SINGLE, LossSpec.Reduction.SUM, false);
    private static final LossSpec HALF_MEAN =
            new LossSpec(LossSpec.Kind.SQUARE, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.MEAN, true);

    @Test
    void normsOfLayers() {
        Found found = read(Normalization.NONE, 0, LossSpec.defaults(), 0, probe(2, 0.5, 0.25, 1, 0));
        assertThat(found.get("norms.frobenius/layers.0").getFirst()).isCloseTo(5, within(1e-14));
        assertThat(found.get("norms.spectral/layers.0").getFirst()).isCloseTo(4, within(1e-12));
        assertThat(found.get("norms.total").getFirst()).isCloseTo(Math.sqrt(26), within(1e-14));
        assertThat(found.get("norms.rho").getFirst()).isEqualTo(2);
    }

    /** Ones over three neighbours, 20 in a line: the map's matrix is tridiagonal, with eigenvalues 1 + 2 cos(pi k / 21). */
    @Test
    void aConvolutionLengthensByMoreThanItsKernelsMatrix() {
        LayerWeights line = new LayerWeights(
                "layers.0",
                Sight.matrix(1, 1, 1, 1),
                WeightLayer.Kind.CONVOLUTION,
                20,
                3,
                new double[0],
                Optional.of(new Observation.Sliding(Shape.of(1, 1, 20), new Window(1, 3, 1, 1, 0, 1))));
        Found found =
                Sight.read(new NormsInstrument(), Sight.of(Specs.plain(), 2, List.of(line), probe(2, 0.5, 0.25, 1, 0)));
        assertThat(found.get("norms.spectral/layers.0").getFirst())
                .isCloseTo(1 + 2 * Math.cos(Math.PI / 21), within(1e-5));
        assertThat(found.get("norms.kernel-spectral/layers.0").getFirst()).isCloseTo(Math.sqrt(3), within(1e-12));
        assertThat(found.get("norms.frobenius/layers.0").getFirst()).isCloseTo(Math.sqrt(3), within(1e-12));
    }

    /** f = (0.25, -0.125) with y = (+1, -1): mu = 0.1875, M = 0.0390625. */
    @Test
    void theEquilibriumOfASingleOutput() {
        Found found = read(Normalization.FROBENIUS, 0.01, SINGLE, 0, probe(2, 0.5, -0.25, 1, 0));
        assertThat(found.get("norms.rho-equilibrium").getFirst()).isCloseTo(0.1875 / 0.0490625, within(1e-12));
        // 100 steps at 0.1.
        assertThat(found.get("norms.relaxation").getFirst()).isCloseTo(2 * 0.0490625 * 10, within(1e-12));
    }

    /** Momentum 0.9 counts time tenfold; half of the mean over two outputs is a data factor of 1/4. */
    @Test
    void momentumAndTheFactorOfTheDataTermCount() {
        Matrix outputs = Sight.matrix(2, 0.8, 0.2, 0.4, 0.6);
        Probe probe = new Probe(new int[] {0, 1}, outputs, List.of(), outputs, true, 2);
        Found found = read(Normalization.FROBENIUS, 0.01, HALF_MEAN, 0.9, probe);
        double mu = (0.4 + 0.3) / 2;
        double moment = (0.16 + 0.01 + 0.04 + 0.09) / 2;
        assertThat(found.get("norms.rho-equilibrium").getFirst()).isCloseTo(mu / (moment + 0.04), within(1e-12));
        assertThat(found.get("norms.relaxation").getFirst()).isCloseTo(2 * (moment + 0.04) * 0.25 * 100, within(1e-10));
    }

    /** Two plain layers: mu - rho M = lambda (2.15). */
    @Test
    void plainDecayUsesTheBalancedPoint() {
        Found found = read(Normalization.NONE, 0.01, SINGLE, 0, probe(2, 0.5, -0.25, 1, 0));
        assertThat(found.get("norms.rho-equilibrium").getFirst()).isCloseTo((0.1875 - 0.01) / 0.0390625, within(1e-10));
        assertThat(found.bySeries()).doesNotContainKey("norms.relaxation");
    }

    @Test
    void whereTheTheoryDoesNotApplyItIsNotQuoted() {
        Probe probe = probe(2, 0.5, -0.25, 1, 0);
        LossSpec crossEntropy =
                new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        assertThat(read(Normalization.FROBENIUS, 0.01, crossEntropy, 0, probe).bySeries())
                .doesNotContainKey("norms.rho-equilibrium");
        assertThat(read(Normalization.WEIGHT, 0.01, SINGLE, 0, probe).bySeries())
                .doesNotContainKey("norms.rho-equilibrium");
        Probe biased = new Probe(probe.labels(), probe.inputs(), List.of(), probe.outputs(), false, 2);
        assertThat(read(Normalization.NONE, 0.01, SINGLE, 0, biased).bySeries())
                .doesNotContainKey("norms.rho-equilibrium");
    }

    private static Probe probe(double rho, double first, double second, int... labels) {
        Matrix outputs = Sight.matrix(2, first, second);
        return new Probe(labels, outputs, List.of(), outputs, true, rho);
    }

    private static Found read(Normalization normalization, double lambda, LossSpec loss, double momentum, Probe probe) {
        return Sight.read(
                new NormsInstrument(),
                Sight.of(
                        Specs.of(normalization, lambda, loss, momentum),
                        2,
                        List.of(
                                Sight.dense("layers.0", Sight.matrix(2, 3, 0, 0, 4)),
                                Sight.dense("layers.1", Sight.matrix(1, 1, 0))),
                        probe));
    }
}
