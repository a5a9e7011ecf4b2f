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
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.LossSpec.Reduction;
import io.orrery.lab.train.loss.LossSpec.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One feature, three examples, two classes of sizes 2 and 1: everything by hand. */
class CentralPathInstrumentTest {
    private static final Matrix FEATURES = Sight.matrix(3, 1, 2, -1);
    private static final int[] LABELS = {0, 0, 1};
    private static final double LAMBDA = 0.5;
    /** Mean of h^2. */
    private static final double SECOND = 2;
    /** Ridge: mean of y h over mean of h^2 + lambda, y h being 3 / 3 for class 0 and -1 / 3 for class 1. */
    private static final double[] BEST = {1 / (SECOND + LAMBDA), -1 / (3 * (SECOND + LAMBDA))};

    private static final LossSpec SQUARE = LossSpec.defaults();

    @Test
    void withoutABiasTheBestLayerIsTheRidgeSolution() {
        Found best = read(Normalization.NONE, SQUARE, LAMBDA, BEST, 1);
        assertThat(best.get("central-path.off-path").getFirst()).isCloseTo(0, within(1e-15));
        Found found = read(Normalization.NONE, SQUARE, LAMBDA, new double[] {1, 0.5}, 1);
        double off = (SECOND + LAMBDA) / 2 * (square(1 - BEST[0]) + square(0.5 - BEST[1]));
        assertThat(found.get("central-path.off-path").getFirst()).isCloseTo(off, within(1e-14));
        // Errors of class 0: 0, 1, -1; of class 1: 0.5, 1, -1.5.
        double loss = (2 + 3.5) / 6 + LAMBDA / 2 * 1.25;
        assertThat(found.get("central-path.share").getFirst()).isCloseTo(off / loss, within(1e-14));
        assertThat(found.get("central-path.within-class").getFirst()
                        + found.get("central-path.class-means").getFirst())
                .isCloseTo(loss - off, within(1e-14));
        assertThat(found.get("central-path.biased-share").getFirst())
                .as("a bias leaves more to gain")
                .isGreaterThan(off / loss);
    }

    /** With the square loss averaged over 2 outputs and halved, the same decay weighs four times as much. */
    @Test
    void decayIsRelativeToTheWeightOfTheDataTerm() {
        LossSpec light = new LossSpec(LossSpec.Kind.SQUARE, Targets.ONE_HOT, Reduction.MEAN, true);
        assertThat(read(Normalization.NONE, light, LAMBDA / 4, new double[] {1, 0.5}, 1)
                        .get("central-path.share")
                        .getFirst())
                .isCloseTo(
                        read(Normalization.NONE, SQUARE, LAMBDA, new double[] {1, 0.5}, 1)
                                .get("central-path.share")
                                .getFirst(),
                        within(1e-14));
    }

    @Test
    void rhoBelongsToTheLastLayerOnTheSphere() {
        double norm = Math.sqrt(1.25);
        double[] direction = {1 / norm, 0.5 / norm};
        assertThat(read(Normalization.FROBENIUS, SQUARE, LAMBDA, direction, norm)
                        .get("central-path.share")
                        .getFirst())
                .isCloseTo(
                        read(Normalization.NONE, SQUARE, LAMBDA, new double[] {1, 0.5}, 1)
                                .get("central-path.share")
                                .getFirst(),
                        within(1e-14));
    }

    @Test
    void nothingIsReadWithoutDecayOrForOtherLosses() {
        LossSpec entropy = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, Targets.ONE_HOT, Reduction.SUM, false);
        LossSpec plusMinus = new LossSpec(LossSpec.Kind.SQUARE, Targets.PLUS_MINUS, Reduction.SUM, false);
        assertThat(read(Normalization.NONE, SQUARE, 0, BEST, 1).bySeries()).isEmpty();
        assertThat(read(Normalization.NONE, entropy, LAMBDA, BEST, 1).bySeries())
                .isEmpty();
        assertThat(read(Normalization.NONE, plusMinus, LAMBDA, BEST, 1).bySeries())
                .isEmpty();
    }

    private static Found read(Normalization normalization, LossSpec loss, double lambda, double[] last, double rho) {
        Matrix inputs = Products.combination(1, FEATURES, 0, FEATURES);
        Matrix weights = Sight.matrix(2, last);
        double norms = normalization == Normalization.FROBENIUS ? rho : Products.norm(weights);
        List<LayerWeights> layers =
                List.of(Sight.dense("layers.0", Sight.matrix(1, 1)), Sight.dense("layers.1", weights));
        Probe probe = new Probe(
                LABELS,
                inputs,
                List.of(new Features("layers.0", FEATURES)),
                Products.combination(rho, Products.timesTransposed(FEATURES, weights), 0, Matrix.zeros(3, 2)),
                true,
                norms);
        return Sight.read(
                new CentralPathInstrument(), Sight.of(Specs.of(normalization, lambda, loss, 0), 2, layers, probe));
    }

    private static double square(double value) {
        return value * value;
    }
}
