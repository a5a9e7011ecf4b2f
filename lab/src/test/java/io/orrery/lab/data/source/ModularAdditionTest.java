package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModularAdditionTest {
    @Test
    void everyPairIsInOneSplitWithItsSum() {
        Dataset data = new ModularAddition(7, 0.5).load(3);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(14));
        assertThat(data.train().count()).isEqualTo(25);
        assertThat(data.test().orElseThrow().count()).isEqualTo(24);
        TreeSet<Integer> pairs = new TreeSet<>();
        for (Split split : new Split[] {data.train(), data.test().orElseThrow()}) {
            for (int i = 0; i < split.count(); i++) {
                int a = hot(split, i * 14);
                int b = hot(split, i * 14 + 7);
                assertThat(split.labels()[i]).isEqualTo((a + b) % 7);
                pairs.add(a * 7 + b);
            }
        }
        assertThat(pairs).hasSize(49);
    }

    @Test
    void allPairsMayBeForTraining() {
        Dataset data = new ModularAddition(5, 1).load(3);
        assertThat(data.train().count()).isEqualTo(25);
        assertThat(data.test()).isEmpty();
    }

    @Test
    void impossibleFractionsAreRefused() {
        assertThatThrownBy(() -> new ModularAddition(5, 0).load(3))
                .isInstanceOf(UserError.class)
                .hasMessage("data.trainFraction must be above 0 and at most 1, found 0.0");
    }

    private static int hot(Split split, int start) {
        int hot = -1;
        for (int i = 0; i < 7; i++) {
            double value = split.inputs().get(start + i);
            if (value == 1) {
                assertThat(hot).isEqualTo(-1);
                hot = i;
            } else {
                assertThat(value).isZero();
            }
        }
        return hot;
    }
}
