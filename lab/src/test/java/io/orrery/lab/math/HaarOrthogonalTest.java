package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import org.junit.jupiter.api.Test;

class HaarOrthogonalTest {
    private static final RandomStream STREAM = RandomStream.of(5, "haar");

    /** Rows (3, 4) and (0, 5): (0.6, 0.8), then (0, 5) - 4 (0.6, 0.8) = (-2.4, 1.8) over its length 3. */
    @Test
    void aTwoByTwoMatrixByHand() {
        Matrix factor = HaarOrthogonal.factor(new Matrix(2, 2, new double[] {3, 4, 0, 5}));
        assertThat(factor.values()).containsExactly(new double[] {0.6, 0.8, -0.8, 0.6}, within(1e-15));
    }

    @Test
    void rowsAndColumnsAreOrthonormal() {
        Matrix drawn = HaarOrthogonal.of(STREAM, 0, 70);
        assertThat(distanceToIdentity(Products.gram(drawn))).isLessThan(1e-13);
        assertThat(distanceToIdentity(Products.outerGram(drawn))).isLessThan(1e-13);
        assertThat(HaarOrthogonal.of(STREAM, 0, 70).values()).isEqualTo(drawn.values());
    }

    /**
     * Entries have mean 0, variance 1/d and fourth moment 3/(d (d + 2)); the trace has mean 0 and variance 1 (Diaconis and
     * Shahshahani 1994), which a factor with signs left as they come has not.
     */
    @Test
    void momentsAreThoseOfHaarsMeasure() {
        int size = 6;
        int draws = 4000;
        double[] moments = new double[4];
        double trace = 0;
        double traceSquared = 0;
        for (int draw = 0; draw < draws; draw++) {
            Matrix drawn = HaarOrthogonal.of(STREAM, draw, size);
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += drawn.at(i, i);
                for (int j = 0; j < size; j++) {
                    double power = drawn.at(i, j);
                    for (int m = 0; m < moments.length; m++) {
                        moments[m] += power / (draws * size * size);
                        power *= drawn.at(i, j);
                    }
                }
            }
            trace += sum / draws;
            traceSquared += sum * sum / draws;
        }
        assertThat(moments[0]).isCloseTo(0, within(0.006));
        assertThat(moments[1]).isCloseTo(1.0 / size, within(1e-12));
        assertThat(moments[3]).isCloseTo(3.0 / (size * (size + 2)), within(0.002));
        assertThat(trace).isCloseTo(0, within(0.06));
        assertThat(traceSquared).isCloseTo(1, within(0.09));
    }

    @Test
    void dependentRowsAreRefused() {
        assertThatThrownBy(() -> HaarOrthogonal.factor(new Matrix(2, 2, new double[] {1, 2, 2, 4})))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("row 1 depends on those before it, so there is no direction left");
        assertThatThrownBy(() -> HaarOrthogonal.factor(Matrix.zeros(1, 2))).hasMessageContaining("row 0 depends");
    }

    private static double distanceToIdentity(Matrix matrix) {
        double most = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                most = Math.max(most, Math.abs(matrix.at(i, j) - (i == j ? 1 : 0)));
            }
        }
        return most;
    }
}
