package io.orrery.lab.claim.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.information.LinearRepresentations.Layer;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Normal;
import io.orrery.lab.math.Products;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerInformationBoundsTest {
    private static final Setting ONE = Setting.empty()
            .with("inputs", 5)
            .with("examples", 6)
            .with("separation", 0.7)
            .with("orthogonal", 0)
            .with("draws", 1);

    @TempDir
    Path book;

    private final LayerInformationBounds claim = new LayerInformationBounds();

    @Test
    void ranksFallToTheNarrowestLayer() {
        List<Layer> layers = LinearRepresentations.layers(3, 50, false);
        assertThat(layers.stream().map(layer -> layer.span().rows())).containsExactly(40, 25, 10, 10);
        assertThat(layers.stream().map(layer -> layer.map().rows())).containsExactly(40, 25, 10, 30);
        for (Layer layer : LinearRepresentations.layers(3, 20, true)) {
            assertThat(layer.span().rows()).isEqualTo(20);
            assertThat(Products.squaredNorm(layer.map())).isCloseTo(20, within(1e-10));
        }
    }

    /** The mean logarithm of the ratio of the two normal densities at the images of one training set, from the densities themselves. */
    @Test
    void theDivergenceIsTheMeanLogarithmOfTheRatioOfDensities() {
        Results results = new LinearRepresentations().compute(8, ONE);
        Matrix map = LinearRepresentations.layers(8, 5, false).getFirst().map();
        Matrix x = LinearRepresentations.examples(RandomStream.of(8, "examples"), 0, 6, 5, 0.7);
        Matrix inverse = Cholesky.of(Products.outerGram(map)).solve(identity(4));
        double[] mean = Products.columnMeans(x);
        double sum = 0;
        for (int row = 0; row < 6; row++) {
            double[] toMean = new double[5];
            double[] toClass = new double[5];
            for (int i = 0; i < 5; i++) {
                toMean[i] = x.at(row, i) - mean[i];
                toClass[i] = x.at(row, i) - (i == 0 ? 0.7 : 0);
            }
            double shrunk = 1 - 1 / 6.0;
            double given = -form(map, inverse, toMean) / (2 * shrunk) - 2 * Math.log(shrunk);
            double test = -form(map, inverse, toClass) / 2;
            sum += (given - test) / 6;
        }
        assertThat(results.of("divergence").getFirst()).isCloseTo(sum, within(1e-10));
    }

    @Test
    void theNearestMeanClassifierByPlainLoops() {
        Results results = new LinearRepresentations().compute(8, ONE);
        Matrix map = LinearRepresentations.layers(8, 5, false).get(1).map();
        Matrix x = LinearRepresentations.examples(RandomStream.of(8, "examples"), 0, 6, 5, 0.7);
        Matrix seen = Products.timesTransposed(map, x);
        Matrix mean = Products.times(map, new Matrix(5, 1, Products.columnMeans(x)));
        int wrong = 0;
        for (int row = 0; row < 6; row++) {
            double score = 0;
            for (int unit = 0; unit < map.rows(); unit++) {
                score += mean.at(unit, 0) * seen.at(unit, row);
            }
            wrong += score <= 0 ? 1 : 0;
        }
        Matrix reader = Products.transposedTimes(map, mean);
        double test = Normal.cumulative(-0.7 * reader.at(0, 0) / Products.norm(reader));
        assertThat(results.of("error-gap").get(1)).isCloseTo(test - wrong / 6.0, within(1e-12));
    }

    @Test
    void theRampLossIsAnIntegralOfProbabilities() {
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += Normal.cumulative(((i + 0.5) / 20_000 - 0.3) / 1.7) / 20_000;
        }
        assertThat(LinearRepresentations.ramp(0.3, 1.7)).isCloseTo(sum, within(1e-9));
    }

    @Test
    void itIsJudged() {
        ClaimResult result = run(List.of("draws=100"));
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(result.judgement().sentences().get(1).verdict().outcome()).isNotEqualTo(Outcome.REFUTED);
    }

    @Test
    void layersThatLoseNothingRefuteIt() {
        ClaimResult result = run(List.of("draws=10", "orthogonal=1"));
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private ClaimResult run(List<String> changes) {
        return new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, new Alterations(changes, Optional.of("6")), StudyListener.SILENT)
                .orElseThrow();
    }

    private static double form(Matrix map, Matrix inverse, double[] vector) {
        Matrix seen = Products.times(map, new Matrix(vector.length, 1, vector));
        return Products.inner(seen, Products.times(inverse, seen));
    }

    private static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }
}
