package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Selection;
import io.orrery.lab.data.set.SmallDatasets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SelectionTest {
    @Test
    void chosenClassesAreRenumberedInTheirOrder() {
        Dataset data = DataSpecBuilder.plain().classes(2, 0).build().transform(SmallDatasets.counting(9, 3), 1);
        assertThat(data.classes()).isEqualTo(2);
        assertThat(data.classNames()).containsExactly("class 2", "class 0");
        assertThat(SmallDatasets.inputs(data.train())).containsExactly(0, 2, 3, 5, 6, 8);
        assertThat(data.train().labels()).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(data.test().orElseThrow().labels()).containsExactly(1, 0, 1, 0, 1, 0);
    }

    @Test
    void perClassKeepsThatManyOfEachInTheirOrder() {
        Dataset data = DataSpecBuilder.plain().perClass(5).build().transform(SmallDatasets.counting(60, 3), 1);
        assertThat(data.train().countsPerClass(3)).containsExactly(5, 5, 5);
        assertThat(SmallDatasets.inputs(data.train())).isSorted().doesNotHaveDuplicates();
        assertThat(data.test().orElseThrow().count()).isEqualTo(60);
        Dataset other = DataSpecBuilder.plain().perClass(5).build().transform(SmallDatasets.counting(60, 3), 2);
        assertThat(SmallDatasets.inputs(other.train())).isNotEqualTo(SmallDatasets.inputs(data.train()));
    }

    @Test
    void imbalanceKeepsItsNumberOfEachChosenClass() {
        Dataset data = DataSpecBuilder.plain()
                .classes(2, 0)
                .imbalance(9, 3)
                .validation(4)
                .build()
                .transform(SmallDatasets.counting(60, 3), 1);
        // 12 examples are kept, a third of each class of them is held out.
        assertThat(data.train().countsPerClass(2)).containsExactly(6, 2);
        assertThat(data.validation().orElseThrow().countsPerClass(2)).containsExactly(3, 1);
        assertThat(data.test().orElseThrow().countsPerClass(2)).containsExactly(20, 20);
        assertThat(SmallDatasets.inputs(data.train())).isSorted().allMatch(input -> input % 3 != 1);
    }

    @Test
    void validationIsHeldOutInProportion() {
        // 40, 20 and 10 examples; 14 of 70 is a fifth of each class.
        int[] labels =
                IntStream.range(0, 70).map(i -> i < 40 ? 0 : i < 60 ? 1 : 2).toArray();
        Dataset raw =
                SmallDatasets.dataset(IntStream.range(0, 70).asDoubleStream().toArray(), labels, 3);
        Dataset data = DataSpecBuilder.plain().validation(14).build().transform(raw, 1);
        assertThat(data.validation().orElseThrow().countsPerClass(3)).containsExactly(8, 4, 2);
        assertThat(data.train().countsPerClass(3)).containsExactly(32, 16, 8);
        List<Integer> all = new ArrayList<>(SmallDatasets.inputs(data.train()));
        all.addAll(SmallDatasets.inputs(data.validation().orElseThrow()));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 70).boxed().toList());
    }

    @Test
    void proportionsAreRoundedByLargestRemainder() {
        // 4 of 9 in parts 5, 3, 1: 2.22, 1.33, 0.44: the last has the largest remainder but only one example.
        assertThat(Selection.proportional(new int[] {5, 3, 1}, 4)).containsExactly(2, 2, 0);
        // 3 of 8 in parts 4, 2, 2: 1.5, 0.75, 0.75.
        assertThat(Selection.proportional(new int[] {4, 2, 2}, 3)).containsExactly(1, 1, 1);
        assertThatThrownBy(() -> Selection.proportional(new int[] {2, 1, 1}, 3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("would leave a class without any");
    }
}
