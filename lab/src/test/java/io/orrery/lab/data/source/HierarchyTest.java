package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class HierarchyTest {
    private static Hierarchy small(List<Double> scales, double within, double noise) {
        return new Hierarchy(List.of(2, 3), scales, within, noise, 4, 5, 12, 6);
    }

    @Test
    void countsLabelsAndNames() {
        Dataset data = small(List.of(1.0, 0.5), 0.3, 0.1).load(4);
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
        assertThat(data.classNames()).hasSize(6);
        assertThat(data.test().orElseThrow().count()).isEqualTo(6);
        assertThat(data.exampleShape().count()).isEqualTo(5);
        Dataset again = small(List.of(1.0, 0.5), 0.3, 0.1).load(4);
        assertThat(again.train().inputs().get(7))
                .isEqualTo(data.train().inputs().get(7));
        assertThat(small(List.of(1.0, 0.5), 0.3, 0.1).load(5).train().inputs().get(7))
                .isNotEqualTo(data.train().inputs().get(7));
    }

    /** Without noise an example is its leaf; without the second level all leaves of a branch are one. */
    @Test
    void aLevelOfScaleNothingTellsNothingApart() {
        Split one = small(List.of(1.0, 0.0), 0, 0).load(4).train();
        Split both = small(List.of(1.0, 0.5), 0, 0).load(4).train();
        for (int j = 0; j < 5; j++) {
            assertThat(one.inputs().get(j))
                    .isEqualTo(one.inputs().get(2 * 5 + j))
                    .isEqualTo(one.inputs().get(6 * 5 + j));
            assertThat(one.inputs().get(j)).isNotEqualTo(one.inputs().get(3 * 5 + j));
            assertThat(both.inputs().get(j))
                    .isNotEqualTo(both.inputs().get(5 + j))
                    .isEqualTo(both.inputs().get(6 * 5 + j));
        }
    }

    /** The fifth leaf is the second child of the second node: nodes 0 and 1 are of the first level, 2 to 7 of the second. */
    @Test
    void anExampleIsWhatItsFormulaSays() {
        Split train = small(List.of(1.5, 0.5), 0.3, 0.1).load(4).train();
        RandomStream random = RandomStream.of(4, "data");
        long shared = Generated.SHARED_STEPS;
        int example = 4;
        for (int j = 0; j < 5; j++) {
            double along = 0;
            for (int l = 0; l < 4; l++) {
                double z = 1.5 * random.normal(shared + 1, l)
                        + 0.5 * random.normal(shared + 2 + 4, l)
                        + 0.3 * random.normal(example, l);
                along += z * random.normal(shared + (1L << 32) + 1 + l, j) / 2;
            }
            double x = Math.tanh(1.2 * along + 0.3 * random.normal(shared + (1L << 32), j))
                    + 0.1 * random.normal(example, 4 + j);
            assertThat(train.inputs().get(example * 5 + j)).isCloseTo(x, within(1e-12));
        }
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> small(List.of(1.0), 0.3, 0.1).load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.scales of source hierarchy must be at least 2, found 1");
        assertThatThrownBy(() -> small(List.of(1.0, 1.0, 1.0), 0.3, 0.1).load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.branches");
        assertThatThrownBy(() -> new Hierarchy(List.of(1), List.of(1.0), 0, 0, 2, 2, 2, 0).load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("leaves");
        assertThatThrownBy(() -> small(List.of(1.0, 0.5), -1, 0.1).load(1)).isInstanceOf(UserError.class);
    }
}
