package io.orrery.lab.theory.memorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class MemorizerTest {
    /** Projections x + 2 y: 6, 1, 7, 4. */
    private static Memorizer four(int groupSize) {
        return new Memorizer(
                new long[] {1, 2},
                new long[][] {{2, 2}, {1, 0}, {1, 3}, {4, 0}},
                new int[] {3, 1, 2, 2},
                groupSize,
                3,
                2);
    }

    private static int answer(WholeNetwork network, long x, long y) {
        return network.outputs(new BigInteger[] {BigInteger.valueOf(x), BigInteger.valueOf(y)})[0].intValueExact();
    }

    @Test
    void theGroupsOfFourPointsByHand() {
        assertThat(four(2).groups()).containsExactly(group(1, 0b001_100, 0b01_10), group(6, 0b110_111, 0b11_10));
        assertThat(four(3).groups())
                .containsExactly(group(1, 0b001_100_110, 0b01_10_11), group(7, 0b111_000_000, 0b10_00_00));
    }

    private static Memorizer.Group group(int least, int points, int labels) {
        return new Memorizer.Group(BigInteger.valueOf(least), BigInteger.valueOf(points), BigInteger.valueOf(labels));
    }

    @Test
    void everyPointIsAnsweredWithItsLabelAndEveryStrangerWithNothing() {
        int[] byProjection = {0, 1, 0, 0, 2, 0, 3, 2};
        for (int groupSize = 1; groupSize <= 5; groupSize++) {
            WholeNetwork network = four(groupSize).network();
            for (int x = 0; x < 8; x++) {
                for (int y = 0; x + 2 * y < 8; y++) {
                    assertThat(answer(network, x, y)).isEqualTo(byProjection[x + 2 * y]);
                }
            }
        }
    }

    /** A plain loop over full matrices of doubles, exact since every number is below 2^53. */
    @Test
    void aNetworkOfDoublesOfTheSameWeightsAnswersAlike() {
        WholeNetwork network = four(2).network();
        for (int x = 0; x < 4; x++) {
            double[] values = {x, 1};
            for (int layer = 0; layer < network.layers().size(); layer++) {
                double[] next = new double[network.layers().get(layer).size()];
                for (int unit = 0; unit < next.length; unit++) {
                    WholeNetwork.Unit row = network.layers().get(layer).get(unit);
                    double[] weights = new double[values.length];
                    row.terms()
                            .forEach(term ->
                                    weights[term.from()] += term.weight().doubleValue());
                    next[unit] = row.bias().doubleValue();
                    for (int i = 0; i < weights.length; i++) {
                        next[unit] += weights[i] * values[i];
                    }
                    next[unit] = layer + 1 < network.layers().size() ? Math.max(0, next[unit]) : next[unit];
                }
                values = next;
            }
            assertThat(values).containsExactly((double) answer(network, x, 1));
        }
    }

    /**
     * Counted on paper, two groups of two points of 3 bits with labels of 2: 2 to project, 5 of steps, 7 of the numbers that they find; of
     * each member 18 for a bit of its point, 20 for a bit of its label and 21 to compare; two biases 1 - 2^0 are 0; 1 to answer.
     */
    @Test
    void parametersAndLayersCountedOnPaper() {
        WholeNetwork network = four(2).network();
        assertThat(network.parameters()).isEqualTo(2 + 5 + 7 + 2 * (3 * 18 + 2 * 20 + 21) - 2 + 1);
        assertThat(network.layers()).hasSize(3 + 2 * (2 * 3 + 2 * 2 + 3) + 1);
        // 0b110111 - 0b001100 = 43 has 6 bits, as has 2^5
        assertThat(network.widestBits()).isEqualTo(6);
    }

    @Test
    void theRootIsRoundedUp() {
        assertThat(Memorizer.root(1)).isEqualTo(1);
        assertThat(Memorizer.root(16)).isEqualTo(4);
        assertThat(Memorizer.root(17)).isEqualTo(5);
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        assertThatThrownBy(() ->
                        new Memorizer(new long[] {1, 2}, new long[][] {{2, 0}, {0, 1}}, new int[] {1, 1}, 1, 3, 2))
                .hasMessage("two points have the projection 2");
        assertThatThrownBy(() -> new Memorizer(new long[] {1}, new long[][] {{8}}, new int[] {1}, 1, 3, 2))
                .hasMessageContaining("a number of 3 bits, found 8");
        assertThatThrownBy(() -> new Memorizer(new long[] {1}, new long[][] {{1}}, new int[] {4}, 1, 3, 2))
                .hasMessageContaining("from 1 to 3, found 4");
        assertThatThrownBy(() -> new Memorizer(new long[] {1}, new long[][] {{1}}, new int[] {1}, 0, 3, 2))
                .hasMessageContaining("groups of 0");
    }
}
