package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinearSplineTest {
    private static final double[] X = {-1, -0.6, -0.1, 0.2, 0.7, 1};
    private static final double[] Y = {0.3, -0.8, 0.1, 0.9, 0.2, -0.5};

    /**
     * Three points 0, h, 0: without their lines the hinge is (1, -2, 1) / 6 and the targets -2 h times it, so that the lasso's
     * coefficient is -(2 h - 6 lambda) and the objective 2 h lambda - 3 lambda^2, as long as lambda is below h / 3.
     */
    @Test
    void aTentIsFlattenedByDecay() {
        LinearSpline spline = LinearSpline.fit(new double[] {-1, 0, 1}, new double[] {0, 0.9, 0}, 0.1);
        assertThat(spline.knots()).containsExactly(0);
        assertThat(spline.changes()[0]).isCloseTo(-1.2, within(1e-14));
        assertThat(spline.totalVariation()).isCloseTo(1.2, within(1e-14));
        assertThat(spline.objective()).isCloseTo(0.15, within(1e-14));
        assertThat(LinearSpline.fit(new double[] {-1, 0, 1}, new double[] {0, 0.9, 0}, 0.31)
                        .totalVariation())
                .isZero();
    }

    @Test
    void withoutDecayPointsAreJoined() {
        LinearSpline spline = LinearSpline.fit(X, Y, 0);
        for (int i = 0; i < X.length; i++) {
            assertThat(spline.at(X[i])).isCloseTo(Y[i], within(1e-14));
        }
        double expected = 0;
        for (int i = 1; i < 5; i++) {
            expected += Math.abs((Y[i + 1] - Y[i]) / (X[i + 1] - X[i]) - (Y[i] - Y[i - 1]) / (X[i] - X[i - 1]));
        }
        assertThat(spline.totalVariation()).isCloseTo(expected, within(1e-13));
    }

    /** Any other function made of a line and hinges anywhere has a higher objective: the problem is convex, so near ones suffice. */
    @Test
    void nothingNearItIsBetter() {
        RandomGenerator random = new java.util.SplittableRandom(5);
        for (double lambda : new double[] {0.01, 0.1}) {
            LinearSpline best = LinearSpline.fit(X, Y, lambda);
            assertThat(objective(best, 0, 0, new double[4], 0, 0, lambda)).isCloseTo(best.objective(), within(1e-13));
            for (int trial = 0; trial < 2000; trial++) {
                double size = Math.pow(10, -1 - 3 * random.nextDouble());
                double[] moved = new double[4];
                Arrays.setAll(moved, _ -> size * random.nextGaussian());
                double other = objective(
                        best,
                        size * random.nextGaussian(),
                        size * random.nextGaussian(),
                        moved,
                        2 * random.nextDouble() - 1,
                        size * random.nextGaussian(),
                        lambda);
                assertThat(other).isGreaterThanOrEqualTo(best.objective() - 1e-13);
            }
        }
    }

    @Test
    void pointsMustAscend() {
        assertThatThrownBy(() -> LinearSpline.fit(new double[] {0, 0, 1}, new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinearSpline.fit(new double[] {0, 1}, new double[2], 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** That of the best spline moved, with one more hinge at a knot of its own. */
    private static double objective(
            LinearSpline best, double up, double tilt, double[] moved, double knot, double change, double lambda) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            double value = best.intercept() + up + (best.slope() + tilt) * X[i] + change * Math.max(0, X[i] - knot);
            for (int k = 0; k < moved.length; k++) {
                value += (best.changes()[k] + moved[k]) * Math.max(0, X[i] - best.knots()[k]);
            }
            sum += (value - Y[i]) * (value - Y[i]) / 2;
        }
        double variation = Math.abs(change);
        for (int k = 0; k < moved.length; k++) {
            variation += Math.abs(best.changes()[k] + moved[k]);
        }
        return sum + lambda * variation;
    }
}
