package io.orrery.lab.judge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DriverPermutationTest {
    @Test
    void neverTheIdentityOrItsReverse() {
        for (int count = 3; count <= 6; count++) {
            int[] identity = new int[count];
            int[] reverse = new int[count];
            Arrays.setAll(identity, i -> i);
            int last = count - 1;
            Arrays.setAll(reverse, i -> last - i);
            for (int[] order : DriverPermutation.of(3, count, 200).order()) {
                assertThat(order).containsExactlyInAnyOrder(identity);
                assertThat(order).isNotEqualTo(identity).isNotEqualTo(reverse);
            }
        }
    }

    @Test
    void theFourOtherOrdersOfThreeAreAllDrawn() {
        long different = Arrays.stream(DriverPermutation.of(1, 3, 100).order())
                .map(Arrays::toString)
                .distinct()
                .count();
        assertThat(different).isEqualTo(4);
    }

    @Test
    void twoDriverValuesAreSwappedInHalfOfTheSeeds() {
        long swapped = Arrays.stream(DriverPermutation.of(1, 2, 10).order())
                .filter(order -> order[0] == 1)
                .count();
        assertThat(swapped).isEqualTo(5);
    }

    @Test
    void theSameNumberGivesTheSamePermutation() {
        assertThat(DriverPermutation.of(7, 4, 6).order())
                .isDeepEqualTo(DriverPermutation.of(7, 4, 6).order());
        assertThat(DriverPermutation.of(7, 4, 6).order())
                .isNotEqualTo(DriverPermutation.of(8, 4, 6).order());
    }

    @Test
    void valuesMoveWithinTheirSeed() {
        DriverPermutation permutation = new DriverPermutation(0, new int[][] {{1, 2, 0}, {0, 2, 1}});
        double[][] values = {{10, 11}, {20, 21}, {30, 31}};

        assertThat(permutation.applied(values)).isDeepEqualTo(new double[][] {{20, 11}, {30, 31}, {10, 21}});
        assertThat(permutation.text()).isEqualTo("whose value stands where, seed by seed: 2 3 1, 1 3 2");
        assertThatThrownBy(() -> DriverPermutation.of(0, 1, 5)).hasMessage("one driver value cannot be permuted");
    }
}
