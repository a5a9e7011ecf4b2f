package io.orrery.lab.claim.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.compute.Results;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.WeightMatching.Dense;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverparameterizationTest {
    private final Overparameterization claim = new Overparameterization();

    /** The slope of the penalized sum of squares vanishes: fewer, as many and more features than examples. */
    @ParameterizedTest
    @ValueSource(ints = {3, 6, 9})
    void weightsSolveTheRidgeProblem(int width) {
        RandomReluRegression.Narrowed narrowed =
                RandomReluRegression.Problem.drawn(4, 6, 3, 9).narrowed(width);
        double[] targets = narrowed.problem().targets(0.5);
        double[] weights = narrowed.weights(targets, 0.1);
        for (int j = 0; j < width; j++) {
            double slope = 0.1 * weights[j];
            for (int row = 0; row < 6; row++) {
                double error = -targets[row];
                for (int k = 0; k < width; k++) {
                    error += narrowed.observed().at(row, k) * weights[k];
                }
                slope += error * narrowed.observed().at(row, j);
            }
            assertThat(slope).isCloseTo(0, within(1e-12));
        }
    }

    /** Ten features and six examples: nothing is left of them without a ridge, and weights are a combination of the rows. */
    @Test
    void theSmallestWeightsFitWhereTheyCan() {
        RandomReluRegression.Narrowed narrowed =
                RandomReluRegression.Problem.drawn(4, 6, 3, 10).narrowed(10);
        assertThat(narrowed.errors(0.5, false).training()).isCloseTo(0, within(1e-20));
        assertThat(narrowed.errors(0.5, true).test())
                .isLessThan(narrowed.errors(0.5, false).test());
    }

    /** The error on new inputs, known from the weights, against the mean over 200,000 new inputs by plain loops. */
    @Test
    void theErrorIsThatOnNewInputs() {
        RandomReluRegression.Problem problem = RandomReluRegression.Problem.drawn(8, 7, 2, 4);
        RandomReluRegression.Narrowed narrowed = problem.narrowed(4);
        double[] weights = narrowed.weights(problem.targets(0.25), 0.2);
        int inputs = 200_000;
        double[] fresh = RandomStream.of(9, "fresh").normals(0, inputs * 2);
        double mean = 0.25;
        for (int row = 0; row < inputs; row++) {
            double error = problem.slope()[0] * fresh[2 * row] + problem.slope()[1] * fresh[2 * row + 1];
            for (int j = 0; j < 4; j++) {
                double entering = problem.units().at(j, 0) * fresh[2 * row]
                        + problem.units().at(j, 1) * fresh[2 * row + 1];
                error -= weights[j] * Math.max(0, entering) / 2;
            }
            mean += error * error / inputs;
        }
        assertThat(narrowed.errors(0.25, 0.2).test()).isCloseTo(mean, within(0.01 * mean));
    }

    /** (3, 4) against (0, 4) with biases 1 and 2: a difference of norm sqrt(9 + 1), norms 25 + 16 + 1 + 4. */
    @Test
    void distanceIsOfAllWeightsAndBiases() {
        List<Dense> one = List.of(new Dense(new Matrix(1, 2, new double[] {3, 4}), new double[] {1}));
        List<Dense> other = List.of(new Dense(new Matrix(1, 2, new double[] {0, 4}), new double[] {2}));
        assertThat(HowFarApart.distance(one, other)).isCloseTo(Math.sqrt(10.0 / 46), within(1e-15));
        assertThat(HowFarApart.distance(one, one)).isZero();
    }

    /** The peak, its control, success from 8 units on, and fits that differ: all are supported; the rest refutes each. */
    @Test
    void madeUpNumbersSupportAndRefuteEachSentence() {
        assertThat(outcomes(5, 1.1, 8, 0.2)).containsOnly(Outcome.SUPPORTED);
        assertThat(outcomes(1.2, 1.1, 8, 0.2)).startsWith(Outcome.REFUTED);
        assertThat(outcomes(5, 5, 8, 0.2)).as("a peak with the best ridge too").startsWith(Outcome.INCONCLUSIVE);
        assertThat(outcomes(5, 1.1, 1000, 0.2).get(1)).as("nobody fits").isEqualTo(Outcome.REFUTED);
        assertThat(outcomes(5, 1.1, 1, 0.2).get(1)).as("all fit").isEqualTo(Outcome.REFUTED);
        assertThat(outcomes(5, 1.1, 8, 0.01).get(2)).isEqualTo(Outcome.REFUTED);
    }

    private List<Outcome> outcomes(double peak, double tunedPeak, int fitsFrom, double apart) {
        Evidence fitted = evidence(peak, tunedPeak, apart, 1);
        Evidence unfitted = evidence(peak, tunedPeak, apart, 0.6);
        List<ArmRuns> arms = fitted.arms().stream()
                .map(arm -> (fits(arm, fitsFrom) ? fitted : unfitted).arm(arm.name()))
                .toList();
        return claim.judge(new Evidence(Scale.QUICK, arms)).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static boolean fits(ArmRuns arm, int from) {
        return arm.name().matches("\\d+ units|64 units, another draw")
                && Integer.parseInt(arm.name().replaceAll("\\D.*", "")) >= from;
    }

    private Evidence evidence(double peak, double tunedPeak, double apart, double fit) {
        return MadeUpResults.of(
                claim,
                (arm, setting, seed) -> {
                    double spread = 1 + 0.01 * seed;
                    if (arm.startsWith("two fits")) {
                        double value = arm.contains("without") ? 0.001 : apart;
                        return Results.none()
                                .with("test-disagreement", value * spread)
                                .with("distance", 4 * value * spread);
                    }
                    double height = setting.whole("tuned") == 1 ? tunedPeak : peak;
                    double[] errors = new double[RandomReluRegression.WIDTHS.length];
                    for (int i = 0; i < errors.length; i++) {
                        errors[i] = setting.whole("tuned") == 1 && tunedPeak < 2 && i == 0
                                ? 2
                                : i == 5 ? height * spread : 1;
                    }
                    return Results.none()
                            .with("test-error", errors)
                            .with("training-error", errors)
                            .with("test-error-without-noise", errors)
                            .with("test-error-at-four-times-the-noise", errors);
                },
                Map.of("loss.accuracy@train", fit));
    }
}
