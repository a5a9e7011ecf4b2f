package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreeFeaturesTest {
    @Test
    void inputsAreTheIdentityInTheOrderOfClasses() {
        Dataset data = new FreeFeatures(List.of(3, 1, 2), false).load(5);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(6));
        assertThat(data.train().labels()).containsExactly(0, 0, 0, 1, 2, 2);
        for (int i = 0; i < 36; i++) {
            assertThat(data.train().inputs().get(i)).isEqualTo(i % 7 == 0 ? 1 : 0);
        }
        assertThat(data.test()).isEmpty();
        assertThat(data.classNames()).containsExactly("0", "1", "2");
    }

    @Test
    void sharedFeaturesHaveOneInputForEachClass() {
        Dataset data = new FreeFeatures(List.of(2, 1), true).load(5);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(2));
        assertThat(data.train().labels()).containsExactly(0, 0, 1);
        assertThat(IntStream.range(0, 6).mapToDouble(i -> data.train().inputs().get(i)))
                .containsExactly(1.0, 0.0, 1.0, 0.0, 0.0, 1.0);
    }

    @Test
    void classesWithoutExamplesAreRefused() {
        for (List<Integer> sizes : List.of(List.of(3, 0), List.of(3))) {
            assertThatThrownBy(() -> new FreeFeatures(sizes, false).load(1))
                    .isInstanceOf(UserError.class)
                    .hasMessage("data.classSizes of source free-features: expected at least 2 classes of 1 example or"
                            + " more each, found " + sizes);
        }
        assertThatThrownBy(() -> new FreeFeatures(List.of(50_000, 50_000), false).load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("use fewer examples");
    }
}
