package io.orrery.lab.theory.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SparsePredictionTest {
    private static final double[] NOTHING = {0, 0};

    private static Matrix normal(int examples, int units, int draw) {
        return Standardized.of(
                new Matrix(examples, units, RandomStream.of(1, "values").normals(draw, examples * units)));
    }

    /** Without correlations each weight is its correlation less the penalty, or 0 (Tibshirani 1996, section 2.2). */
    @Test
    void uncorrelatedPredictorsAreShrunkByThePenalty() {
        Matrix identity = new Matrix(2, 2, new double[] {1, 0, 0, 1});
        assertThat(SparsePrediction.lasso(identity, new double[] {0.7, -0.2}, 0.3, NOTHING))
                .containsExactly(new double[] {0.4, 0}, within(1e-15));
    }

    /** Correlated by 1/2, penalty 0.1, both positive: G w = (0.5, 0.4), so that w = (0.4, 0.2). */
    @Test
    void twoCorrelatedPredictorsByHand() {
        Matrix gram = new Matrix(2, 2, new double[] {1, 0.5, 0.5, 1});
        assertThat(SparsePrediction.lasso(gram, new double[] {0.6, 0.5}, 0.1, NOTHING))
                .containsExactly(new double[] {0.4, 0.2}, within(1e-8));
    }

    @Test
    void aUnitThatNeverChangesPredictsNothing() {
        Matrix gram = new Matrix(2, 2, new double[] {0, 0, 0, 1});
        assertThat(SparsePrediction.lasso(gram, new double[] {0, 0.5}, 0.1, NOTHING))
                .containsExactly(new double[] {0, 0.4}, within(1e-15));
    }

    /** A unit that is 0.6 of one and -0.8 of another among ten. */
    @Test
    void plantedPredictorsAreFound() {
        Matrix fit = normal(300, 10, 0);
        Matrix other = normal(300, 10, 1);
        SparsePrediction found = SparsePrediction.of(fit, planted(fit), 4, other, planted(other));
        assertThat(found.weights()[2]).isCloseTo(0.6, within(1e-6));
        assertThat(found.weights()[7]).isCloseTo(-0.8, within(1e-6));
        assertThat(found.explained()).isCloseTo(1, within(1e-10));
        assertThat(SparsePrediction.of(fit, planted(fit), 1, other, planted(other))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        Matrix other = normal(300, 10, 1);
        double[] alone = normal(300, 1, 2).values();
        assertThat(SparsePrediction.of(
                                normal(300, 10, 0),
                                alone,
                                4,
                                other,
                                normal(300, 1, 3).values())
                        .explained())
                .isBetween(0.0, 0.05);
        assertThat(SparsePrediction.of(other, new double[300], 4, other, new double[300])
                        .count())
                .isZero();
    }

    /** Values 1, 2, 3 predicted as 1, 2, 1: 4 of the sum of squares 2 about the mean are left. */
    @Test
    void theVarianceExplainedByHand() {
        assertThat(SparsePrediction.explained(
                        new Matrix(3, 1, new double[] {1, 2, 1}), new double[] {1}, new double[] {1, 2, 3}))
                .isCloseTo(-1, within(1e-15));
        assertThat(SparsePrediction.explained(
                        new Matrix(2, 1, new double[] {1, 2}), new double[] {1}, new double[] {4, 4}))
                .isZero();
    }

    private static double[] planted(Matrix values) {
        return IntStream.range(0, values.rows())
                .mapToDouble(row -> 0.6 * values.at(row, 2) - 0.8 * values.at(row, 7))
                .toArray();
    }
}
