package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RandomFeaturesTest {
    private final RandomFeatures claim = new RandomFeatures();

    /** The slope of the penalized sum of squares vanishes at the weights: fewer, as many and more samples than features. */
    @ParameterizedTest
    @CsvSource({"3, 5", "4, 4", "6, 2"})
    void weightsSolveTheRidgeProblem(int samples, int features) {
        double[] b = RandomStream.of(1, "b").normals(0, samples * features);
        double[] y = RandomStream.of(1, "y").normals(0, samples);
        double[] weights = RandomFeatureRegression.weights(new Matrix(samples, features, b), y, 0.3);
        for (int j = 0; j < features; j++) {
            double slope = 0.3 * weights[j];
            for (int row = 0; row < samples; row++) {
                double error = -y[row];
                for (int k = 0; k < features; k++) {
                    error += b[row * features + k] * weights[k];
                }
                slope += error * b[row * features + j];
            }
            assertThat(slope).isCloseTo(0, within(1e-12));
        }
    }

    /** The error on new inputs, known from the weights, against the mean over 40,000 new inputs by plain loops. */
    @Test
    void theErrorIsThatOnNewInputs() {
        int directions = 4;
        Setting setting = setting(6, 3, directions);
        double[] raw = RandomStream.of(8, "features").normals(0, 3 * directions);
        double[] eigen = {1, Math.pow(2, -1.5), Math.pow(3, -1.5), Math.pow(4, -1.5)};
        double total = eigen[0] + eigen[1] + eigen[2] + eigen[3];
        double[] z = RandomStream.of(8, "samples").normals(0, 6 * directions);
        double norm = Math.sqrt(1 + 1 / 4.0 + 1 / 9.0 + 1 / 16.0);
        double[] b = new double[18];
        double[] y = new double[6];
        for (int row = 0; row < 6; row++) {
            for (int i = 0; i < directions; i++) {
                y[row] += z[row * directions + i] / (i + 1) / norm;
                for (int j = 0; j < 3; j++) {
                    b[row * 3 + j] +=
                            z[row * directions + i] * raw[j * directions + i] * Math.sqrt(eigen[i] / total / 3);
                }
            }
        }
        double[] weights = RandomFeatureRegression.weights(new Matrix(6, 3, b), y, 0.2);
        int inputs = 40_000;
        double[] fresh = RandomStream.of(9, "fresh").normals(0, inputs * directions);
        double mean = 0;
        for (int row = 0; row < inputs; row++) {
            double error = 0;
            for (int i = 0; i < directions; i++) {
                double slope = 1 / (i + 1.0) / norm;
                for (int j = 0; j < 3; j++) {
                    slope -= raw[j * directions + i] * Math.sqrt(eigen[i] / total / 3) * weights[j];
                }
                error += slope * fresh[row * directions + i];
            }
            mean += error * error / inputs;
        }
        double[] errors = RandomFeatureRegression.errors(8, 0, setting, 0.2);
        assertThat(errors[0]).isCloseTo(mean, within(0.03 * mean));
        assertThat(new RandomFeatureRegression().compute(8, setting))
                .isEqualTo(new RandomFeatureRegression().compute(8, setting));
    }

    private static Setting setting(int samples, int features, int directions) {
        return Setting.empty()
                .with("samples", samples)
                .with("features", features)
                .with("directions", directions)
                .with("noise", 0)
                .with("ridge", 0.2)
                .with("draws", 1);
    }

    /** Errors at their law support both sentences; errors that grow with features and samples, and miss it, refute both. */
    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(
                claim,
                (_, setting, seed) -> made(
                        RandomFeatureRegression.theory(setting).testError(RandomFeatureRegression.ridge(setting)),
                        seed)));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.SUPPORTED));
        Judgement grows = claim.judge(MadeUpResults.of(
                claim, (_, setting, seed) -> made(setting.get("samples") * setting.get("features"), seed)));
        assertThat(grows.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.REFUTED));
    }

    private static Results made(double error, int seed) {
        return Results.none()
                .with("test-error", error * (1 + 0.01 * (seed - 4.5)))
                .with("training-error", error / 2)
                .with("ridge", 0.1);
    }
}
