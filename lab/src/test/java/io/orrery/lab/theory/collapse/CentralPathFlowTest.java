package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.identity;
import static io.orrery.lab.theory.TestMatrices.normal;
import static io.orrery.lab.theory.TestMatrices.scaled;
import static io.orrery.lab.theory.TestMatrices.solved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import java.util.List;
import org.junit.jupiter.api.Test;

class CentralPathFlowTest {
    /** C = 2, N = 8: dw/dt = (1/4) w / (2 + w^2)^2; at w = 1: 1/36. The invariant at t = 4: 4 ln 1 + 2 + 1/4 - 1. */
    @Test
    void byHand() {
        assertThat(CentralPathFlow.rate(1, 2, 8)).isCloseTo(1.0 / 36, within(1e-16));
        assertThat(CentralPathFlow.invariant(1, 4, 2, 8)).isCloseTo(1.25, within(1e-15));
        assertThat(CentralPathFlow.asymptote(1000, 2, 8)).isCloseTo(Math.pow(1000, 0.25), within(1e-12));
        assertThat(CentralPathFlow.at(0, 0.3, 2, 8)).isCloseTo(0.3, within(1e-15));
    }

    /** The flow of the core theory written out: (1/N) W^T (I - 1 1^T / C - W M), W = (1/C) M^T (I + M M^T / C)^-1. */
    @Test
    void theVelocityIsTheDefinition() {
        Matrix rows = Products.centred(normal(4, 10, 1, 1));
        Matrix columns = Products.transposed(rows);
        Matrix shifted = Products.combination(0.25, Products.outerGram(columns), 1, identity(10));
        Matrix best = scaled(0.25, Products.transposed(solved(shifted, columns)));
        Matrix residual = Products.combination(1, identity(4), -1, Products.times(best, columns));
        for (int i = 0; i < 16; i++) {
            residual.values()[i] -= 0.25;
        }
        Matrix expected = scaled(1.0 / 120, Products.transposedTimes(best, residual));
        assertThat(CentralPathFlow.velocity(rows, 120).values())
                .containsExactly(Products.transposed(expected).values(), within(1e-15));
    }

    /** P25. */
    @Test
    void ratiosFollowTheInvariantAndBecomeEqual() {
        Matrix means = weakened(Products.centred(normal(4, 10, 0.5, 2)));
        List<CentralPathFlow.Point> points = CentralPathFlow.simulated(means, 120, 20, 4000, 100);
        assertThat(points).hasSize(41);
        CentralPathFlow.Point first = points.getFirst();
        for (CentralPathFlow.Point point : points) {
            for (int j = 0; j < 3; j++) {
                double start = CentralPathFlow.invariant(first.signalToNoise()[j], 0, 4, 120);
                double now = CentralPathFlow.invariant(point.signalToNoise()[j], point.time(), 4, 120);
                double scale = Math.max(Math.abs(start), point.time() * 4 / 120);
                assertThat(now).isCloseTo(start, within(1e-3 * scale));
                double closed = CentralPathFlow.at(point.time(), first.signalToNoise()[j], 4, 120);
                assertThat(point.signalToNoise()[j]).isCloseTo(closed, within(1e-3 * closed));
            }
        }
        CentralPathFlow.Point last = points.getLast();
        assertThat(last.time()).isEqualTo(80_000);
        assertThat(first.spread()).isGreaterThan(2);
        assertThat(last.spread()).isLessThan(1.01);
        assertThat(last.signalToNoise()[0]).isCloseTo(CentralPathFlow.asymptote(80_000, 4, 120), within(1.0));
        assertThat(last.signalToNoise()[3]).isCloseTo(0, within(1e-6));
    }

    /**
     * Two classes on a line, two deviations each: means -1, 1; deviations +-2 along both axes: Sigma_W = diag(2, 2), so that the
     * means (-1, 0), (1, 0) have ratio sqrt(2) / sqrt(2) = 1.
     */
    @Test
    void signalToNoiseByHand() {
        double[] values = {1, 0, -3, 0, -1, 2, -1, -2, 3, 0, -1, 0, 1, 2, 1, -2};
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 1};
        double[] found = CentralPathFlow.signalToNoise(new Matrix(8, 2, values), labels, 2);
        assertThat(found).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThatThrownBy(() -> CentralPathFlow.signalToNoise(Matrix.zeros(8, 2), labels, 2))
                .isInstanceOf(ArithmeticException.class);
    }

    /** One direction is made weak, so that there is something to even out. */
    private static Matrix weakened(Matrix means) {
        Svd svd = Svd.of(means);
        double excess = svd.values()[2] - svd.values()[0] / 2.8;
        Matrix left = new Matrix(1, 4, svd.left().row(2));
        Matrix right = new Matrix(1, 10, svd.right().row(2));
        return Products.combination(1, means, -excess, Products.transposedTimes(left, right));
    }
}
