package io.orrery.lab.theory.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

final class SpectralClustersTest {
    /** Seven in blocks by i mod 3, strong within and weak between. */
    @Test
    void blocksAreFoundInAnyOrder() {
        double[] affinity = new double[49];
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                affinity[i * 7 + j] = i == j ? 1 : i % 3 == j % 3 ? 0.8 : 0.05;
            }
        }
        int[] clusters = SpectralClusters.of(new Matrix(7, 7, affinity), 3);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                assertThat(clusters[i] == clusters[j]).isEqualTo(i % 3 == j % 3);
            }
        }
    }

    /** Centres start at 0 and, the farthest, at 10; 6 is nearer to 10. */
    @Test
    void meansByHand() {
        assertThat(SpectralClusters.kMeans(new double[][] {{0}, {1}, {6}, {10}}, 2))
                .containsExactly(0, 0, 1, 1);
        assertThat(SpectralClusters.kMeans(new double[][] {{3}, {3}, {3}}, 2)).containsExactly(0, 0, 0);
    }

    @Test
    void moreClustersThanThereAreIsRefused() {
        assertThatThrownBy(() -> SpectralClusters.of(new Matrix(1, 1, new double[] {1}), 2))
                .hasMessage("expected from 1 to 1 clusters, found 2");
    }
}
