package io.orrery.lab.instrument.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuralCollapseInstrumentTest {
    private static final String PREFIX = "neural-collapse.";

    /** Core theory, section 10, to the printed digits. */
    @Test
    void theGoldenVectors() {
        Matrix features = Sight.matrix(6, 2, 0, 0, 2, .2, 0, 0, 2, 0, .2, 2, 0, 0, 0, 2, 0, .2, 2);
        Found found = read(features, Sight.matrix(3, 1, 0, 0, 0, 1, 0, 0, 0, 1), 0, 0, 1, 1, 2, 2);
        is(found, "nc1@train", 0.00181748230);
        is(found, "nc1-raw@train", 3 * 0.00181748230);
        is(found, "equinorm-means@train", 0.02562206453);
        is(found, "equinorm-weights@train", 0);
        is(found, "equiangularity-means@train", 0.03143547550);
        is(found, "maximal-angle-means@train", 0.02608744880);
        is(found, "maximal-angle-weights@train", 0.5);
        is(found, "maximal-angle-weights-centred@train", 0);
        is(found, "self-duality@train", 0.36790079626);
        is(found, "self-duality-centred@train", 0.00109487061);
        is(found, "nc4@train", 0);
        // Scatter 0.1^2 in every example; centred means of squared norms 2.6066..., 2.74, 2.6733... by hand from the
        // means
        // (2,.1,0), (.1,2,0), (0,.1,2) about (.7, .73333, .66667).
        double between = ((1.3 * 1.3 + 0.63333333333333 * 0.63333333333333 + 0.66666666666667 * 0.66666666666667)
                        + (0.6 * 0.6 + 1.26666666666667 * 1.26666666666667 + 0.66666666666667 * 0.66666666666667)
                        + (0.7 * 0.7 + 0.63333333333333 * 0.63333333333333 + 1.33333333333333 * 1.33333333333333))
                / 3;
        is(found, "nc1b@train", 0.01 / between);
        // v_c = 0.01; squared distances of the means: 2 * 1.9^2, 4 + 4 = 8, .1^2 + 1.9^2 + 4.
        double cdnv = 0.01 / 3 * (1 / (2 * 1.9 * 1.9) + 1 / 8.0 + 1 / (0.01 + 1.9 * 1.9 + 4));
        is(found, "cdnv@train", cdnv);
        is(found, "nc1/hidden@train", 0.00181748230);
        assertThat(found.get(PREFIX + "cosines@train")).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void aSimplexIsCollapsedInEveryMetric(int classes) {
        Matrix rows = simplex(classes, classes + 4);
        int[] labels = new int[3 * classes];
        Matrix features = Matrix.zeros(labels.length, rows.columns());
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % classes;
            System.arraycopy(
                    rows.values(), labels[n] * rows.columns(), features.values(), n * rows.columns(), rows.columns());
        }
        Found found = read(features, rows, labels);
        for (String quantity : List.of(
                "nc1",
                "nc1b",
                "cdnv",
                "equinorm-means",
                "equinorm-weights",
                "equiangularity-means",
                "equiangularity-weights",
                "maximal-angle-means",
                "maximal-angle-weights",
                "maximal-angle-weights-centred",
                "self-duality",
                "self-duality-centred",
                "nc4")) {
            assertThat(found.get(PREFIX + quantity + "@train").getFirst())
                    .as(quantity)
                    .isCloseTo(0, within(1e-12));
        }
    }

    /** Orthogonal weights against simplex means: the raw metric stops at 2 - 2 sqrt((K - 1) / K), the centred one at 0. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 10})
    void orthogonalWeightsPlateauInSelfDuality(int classes) {
        double plateau = switch (classes) {
            case 3 -> 0.3670068381;
            case 4 -> 0.2679491924;
            default -> 0.1026334039;
        };
        Matrix identity = Matrix.zeros(classes, classes);
        int[] labels = new int[classes];
        for (int c = 0; c < classes; c++) {
            identity.values()[c * classes + c] = 1;
            labels[c] = c;
        }
        Found found = read(identity, identity, labels);
        is(found, "self-duality@train", plateau);
        is(found, "self-duality-centred@train", 0);
        is(found, "maximal-angle-weights@train", 1.0 / (classes - 1));
    }

    /** Unequal class sizes: the global mean stays the unweighted mean of class means. Brute force with p x p matrices. */
    @Test
    void unequalClassesAgreeWithTheDefinition() {
        Random random = new Random(3);
        int[] labels = {0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 3};
        int width = 6;
        Matrix features = Matrix.zeros(labels.length, width);
        for (int i = 0; i < features.values().length; i++) {
            features.values()[i] = random.nextGaussian() + 2 * Math.sin(labels[i / width] * 3.0 + i % width);
        }
        Matrix means = Matrix.zeros(4, width);
        int[] counts = {5, 2, 3, 1};
        for (int n = 0; n < labels.length; n++) {
            for (int j = 0; j < width; j++) {
                means.values()[labels[n] * width + j] += features.at(n, j) / counts[labels[n]];
            }
        }
        Matrix within = Matrix.zeros(width, width);
        for (int n = 0; n < labels.length; n++) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    within.values()[i * width + j] += (features.at(n, i) - means.at(labels[n], i))
                            * (features.at(n, j) - means.at(labels[n], j))
                            / labels.length;
                }
            }
        }
        Matrix centred = Products.centred(means);
        Svd svd = Svd.of(centred);
        double trace = 0;
        double between = 0;
        for (int k = 0; k < 3; k++) {
            Matrix direction = new Matrix(1, width, svd.right().row(k));
            double value = svd.values()[k] * svd.values()[k] / 4;
            between += value;
            trace += Products.inner(Products.times(direction, within), direction) / value;
        }
        double scatter = 0;
        for (int i = 0; i < width; i++) {
            scatter += within.at(i, i);
        }
        Matrix weights = new Matrix(4, width, random.doubles(4L * width).toArray());
        Found found = read(features, weights, labels);
        is(found, "nc1-raw@train", trace);
        is(found, "nc1@train", trace / 4);
        is(found, "nc1b@train", scatter / between);
        Matrix outputs = Products.timesTransposed(features, weights);
        int different = 0;
        for (int n = 0; n < labels.length; n++) {
            different += largest(outputs.row(n)) == closest(features.row(n), means) ? 0 : 1;
        }
        is(found, "nc4@train", (double) different / labels.length);
        assertThat(different).isBetween(1, 10);
    }

    @Test
    void aSingleOutputCountsAsTwoOppositeRows() {
        Matrix features = Sight.matrix(4, 1, 0.1, 1, -0.1, -1, 0.1, -1, -0.1);
        Found found = read(features, Sight.matrix(1, 3, 0), 1, 1, 0, 0);
        is(found, "equinorm-weights@train", 0);
        is(found, "maximal-angle-weights@train", 0);
        is(found, "self-duality@train", 0);
        is(found, "nc4@train", 0);
        // Scatter across the classes' line does not count in NC1, in NC1b it does: 0.1^2 / 1.
        is(found, "nc1@train", 0);
        is(found, "nc1b@train", 0.01);
    }

    @Test
    void testExamplesGoToTheNearestMeanOfTraining() {
        Matrix train = Sight.matrix(4, 1, 0, 3, 0, 0, 1, 0, 3);
        Matrix test = Sight.matrix(3, 1, 0, 0, 1, 3, 2.5);
        Matrix weights = Sight.matrix(2, 1, 0, 0, 1);
        Sight sight = sight(train, weights, 2, 0, 0, 1, 1)
                .test(new Probe(
                        new int[] {0, 1, 0},
                        test,
                        List.of(new Features("hidden", test)),
                        // Decisions 0, 0 and 1 against nearest means 0, 1 and 0.
                        Sight.matrix(3, 1, 0, 1, 0, 0, 1),
                        true,
                        1));
        Found found = Sight.read(new NeuralCollapseInstrument(), sight);
        is(found, "nc4@test", 2.0 / 3);
        is(found, "nc4@train", 0);
        assertThat(found.bySeries()).containsKey(PREFIX + "nc1@test");
    }

    @Test
    void absentClassesAndBitLabelsAreLeftOut() {
        Matrix features = Sight.matrix(2, 1, 0, 0, 1);
        Matrix weights = Sight.matrix(3, 1, 0, 5, 5, 0, 1);
        is(read(features, weights, 0, 2), "self-duality-centred@train", 0);
        assertThat(read(features, weights, 1, 1).bySeries()).isEmpty();
        Sight bits = sight(features, weights, 3, 1, 6).bits();
        assertThat(Sight.read(new NeuralCollapseInstrument(), bits).bySeries()).isEmpty();
    }

    /** Means 1 and 11: within 1, between 25. */
    @Test
    void inputsAreTheFirstLayerOfAThoroughLook() {
        Matrix weights = Sight.matrix(2, 1, -1);
        Matrix features = Sight.matrix(4, 0, 0, 1, 1);
        Probe probe = new Probe(
                new int[] {0, 0, 1, 1},
                Sight.matrix(4, 0, 2, 10, 12),
                List.of(new Features("layers.0", features)),
                Products.timesTransposed(features, weights),
                true,
                1);
        Sight sight = Sight.of(Specs.plain(), 2, List.of(Sight.dense("layers.1", weights)), probe);
        is(Sight.read(new NeuralCollapseInstrument(), sight), "nc1b/inputs@train", 0.04);
        assertThat(Sight.read(new NeuralCollapseInstrument(), sight.quick()).bySeries())
                .doesNotContainKey(PREFIX + "nc1b/inputs@train")
                .containsKey(PREFIX + "nc1b/layers.0@train");
    }

    /** Between the square loss's targets 0 and 1 the decision changes at one half. */
    @Test
    void aSingleBitIsDecidedAtOneHalf() {
        Matrix features = Sight.matrix(4, 0.2, 0.3, 0.8, 0.9);
        Sight bit = sight(features, Sight.matrix(1, 1), 1, 0, 0, 1, 1).bits();
        is(Sight.read(new NeuralCollapseInstrument(), bit), "nc4@train", 0);
    }

    /** Near collapse the scatter keeps its digits: 1e-9 beside means of size 1e3. */
    @Test
    void tinyScatterBesideLargeMeansIsExact() {
        double shift = 0x1p-30;
        Matrix features = Sight.matrix(4, 1024 + shift, 0, 1024 - shift, 0, shift, 1024, -shift, 1024);
        Found found = read(features, Sight.matrix(2, 1, 0, 0, 1), 0, 0, 1, 1);
        double expected = shift * shift / (2 * 512.0 * 512.0);
        assertThat(found.get(PREFIX + "nc1b@train").getFirst()).isCloseTo(expected, within(1e-9 * expected));
    }

    private static final List<String> OF_MEANS = List.of(
            "nc1",
            "nc1-raw",
            "nc1b",
            "cdnv",
            "equinorm-means",
            "equiangularity-means",
            "maximal-angle-means",
            "cosines",
            "self-duality",
            "self-duality-centred",
            "nc4");

    /** Three times 0.1 is not 0.3 in doubles: the sums of equal features are rounded, and nothing about means may be made of that. */
    @Test
    void ofEqualFeaturesNothingIsKnown() {
        Matrix features = Matrix.zeros(9, 3);
        for (int n = 0; n < 9; n++) {
            System.arraycopy(new double[] {0.1, 0.7, 1.3}, 0, features.values(), 3 * n, 3);
        }
        Found found = read(features, Sight.matrix(3, 1, 0, 0, 0, 1, 0, 0, 0, 1), 0, 0, 0, 1, 1, 1, 2, 2, 2);
        for (String quantity : OF_MEANS) {
            assertThat(found.get(PREFIX + quantity + "@train")).as(quantity).allMatch(value -> value.isNaN());
        }
        assertThat(found.get(PREFIX + "nc1/hidden@train").getFirst()).isNaN();
        // The rows are orthonormal, whatever the features.
        is(found, "maximal-angle-weights-centred@train", 0);
    }

    /** Features of size 1 that differ in their last bit, 2^-52: centred means are of that size, the floor is 9 * 3 * 2^-106. */
    @Test
    void ofFeaturesThatAreEqualUpToRoundingNothingIsKnown() {
        double up = 1 + 0x1p-52;
        Matrix features = Sight.matrix(6, 1, 1, 1, up, 1, 1, 1, up, 1, 1, 1, up, up, 1, up, up, up, 1);
        Found found = read(features, Sight.matrix(2, 1, 0, 0, 0, 1, 0), 0, 0, 0, 1, 1, 1);
        for (String quantity : OF_MEANS) {
            assertThat(found.get(PREFIX + quantity + "@train")).as(quantity).allMatch(value -> value.isNaN());
        }
    }

    @Test
    void featuresThatAreEqualWithinTheirClassesHaveNoVariabilityExactly() {
        Matrix features = Sight.matrix(6, .1, .7, .1, .7, .1, .7, .3, .2, .3, .2, .3, .2);
        Found found = read(features, Sight.matrix(2, 0, 1, 1, 0), 0, 0, 0, 1, 1, 1);
        for (String quantity : List.of("nc1", "nc1b", "cdnv", "nc4")) {
            assertThat(found.get(PREFIX + quantity + "@train").getFirst())
                    .as(quantity)
                    .isEqualTo(0.0);
        }
    }

    /** A deviation of 2^-26 beside 1 is 2^-52 of scatter, below (2 * 2^-48 + ...) in single precision and far above 2^-105 in double. */
    @Test
    void variabilityThatRoundingMakesIsKnownInDoubleOnly() {
        double shift = 0x1p-26;
        Matrix features = Sight.matrix(4, 1 + shift, 0, 1 - shift, 0, 0, 1 + shift, 0, 1 - shift);
        Matrix weights = Sight.matrix(2, 1, 0, 0, 1);
        // Means (1, 0) and (0, 1) lie sqrt(1/2) from their middle.
        double expected = shift * shift / 0.5;
        assertThat(read(features, weights, 0, 0, 1, 1)
                        .get(PREFIX + "nc1b@train")
                        .getFirst())
                .isCloseTo(expected, within(1e-9 * expected));
        TestSpec single = new TestSpec();
        single.precision = Precision.SINGLE;
        Sight sight = sight(single.build(), features, weights, 2, 0, 0, 1, 1);
        Found found = Sight.read(new NeuralCollapseInstrument(), sight);
        assertThat(found.get(PREFIX + "nc1b@train").getFirst()).isNaN();
        is(found, "self-duality-centred@train", 0);
    }

    private static Found read(Matrix features, Matrix weights, int... labels) {
        int classes = Math.max(weights.rows(), 2);
        return Sight.read(new NeuralCollapseInstrument(), sight(features, weights, classes, labels));
    }

    /** Seen in double precision. */
    private static Sight sight(Matrix features, Matrix weights, int classes, int... labels) {
        return sight(new TestSpec().build(), features, weights, classes, labels);
    }

    private static Sight sight(Spec spec, Matrix features, Matrix weights, int classes, int... labels) {
        Probe probe = new Probe(
                labels,
                features,
                List.of(new Features("hidden", features)),
                Products.timesTransposed(features, weights),
                true,
                1);
        return Sight.of(spec, classes, List.of(Sight.dense("layers.0", weights)), probe);
    }

    private static void is(Found found, String series, double expected) {
        assertThat(found.get(PREFIX + series).getFirst()).as(series).isCloseTo(expected, within(1e-10));
    }

    /** sqrt(K / (K - 1)) (I - 1/K) turned into a larger space by orthonormal columns. */
    private static Matrix simplex(int classes, int width) {
        Matrix flat = Matrix.zeros(classes, classes);
        double scale = Math.sqrt(classes / (classes - 1.0));
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                flat.values()[i * classes + j] = scale * ((i == j ? 1 : 0) - 1.0 / classes);
            }
        }
        Matrix random = new Matrix(
                classes, width, new Random(9).doubles((long) classes * width).toArray());
        return Products.times(flat, Svd.of(random).right());
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static int closest(double[] features, Matrix means) {
        double[] nearness = new double[means.rows()];
        for (int c = 0; c < nearness.length; c++) {
            for (int j = 0; j < features.length; j++) {
                nearness[c] -= Math.pow(features[j] - means.at(c, j), 2);
            }
        }
        return largest(nearness);
    }
}
