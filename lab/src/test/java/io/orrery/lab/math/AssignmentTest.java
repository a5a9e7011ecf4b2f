package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
    @Test
    void workedByHand() {
        Matrix gains = new Matrix(3, 3, new double[] {7, 5, 1, 6, 1, 0, 3, 2, 4});
        // 5 + 6 + 4 = 15 beats the 7 of the greedy first row: 7 + 1 + 4 = 12.
        assertThat(Assignment.largest(gains)).containsExactly(1, 0, 2);
        assertThat(Assignment.sum(gains, new int[] {1, 0, 2})).isEqualTo(15);
        assertThat(Assignment.largest(new Matrix(1, 1, new double[] {-3}))).containsExactly(0);
    }

    @Test
    void isAsGoodAsTheBestOfAllPermutations() {
        RandomStream random = RandomStream.of(7, "assignment");
        int step = 0;
        for (int size = 1; size <= 6; size++) {
            for (int trial = 0; trial < 40; trial++) {
                double[] values = random.normals(step++, size * size);
                if (trial % 3 == 0) {
                    // Many ties.
                    Arrays.setAll(values, i -> Math.rint(values[i]));
                }
                Matrix gains = new Matrix(size, size, values);
                int[] found = Assignment.largest(gains);
                assertThat(IntStream.of(found).sorted().toArray())
                        .containsExactly(IntStream.range(0, size).toArray());
                assertThat(Assignment.sum(gains, found)).isCloseTo(best(gains, 0, new boolean[size]), within(1e-12));
            }
        }
    }

    private static double best(Matrix gains, int row, boolean[] taken) {
        if (row == gains.rows()) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.max(best, gains.at(row, column) + best(gains, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }

    @Test
    void findsAPlantedOrder() {
        int size = 60;
        int[] planted = RandomStream.of(3, "planted").permutation(0, size);
        double[] noise = RandomStream.of(3, "noise").normals(0, size * size);
        double[] values = new double[size * size];
        Arrays.setAll(values, i -> noise[i] + (planted[i / size] == i % size ? 100 : 0));
        assertThat(Assignment.largest(new Matrix(size, size, values))).containsExactly(planted);
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        assertThatThrownBy(() -> Assignment.largest(Matrix.zeros(2, 3))).hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> Assignment.largest(new Matrix(1, 1, new double[] {Double.NaN})))
                .hasMessageContaining("finite");
    }
}
