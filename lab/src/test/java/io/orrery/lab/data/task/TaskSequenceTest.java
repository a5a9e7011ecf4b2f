package io.orrery.lab.data.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TaskSequenceTest {
    /** Six examples of four features, example i holding 4 i to 4 i + 3, classes 0 1 2 3 0 1. */
    private static final Dataset DATA = data(new int[] {0, 1, 2, 3, 0, 1});

    @Test
    void permutedTasksKeepLabelsAndHoldTheSameNumbersElsewhere() {
        PermutedTasks tasks = new PermutedTasks(3, 1);
        assertThat(tasks.task(0, DATA, DataSpec.defaults(), 7)).isSameAs(DATA);
        Dataset second = tasks.task(1, DATA, DataSpec.defaults(), 7);
        assertThat(second.train().labels()).containsExactly(0, 1, 2, 3, 0, 1);
        double[] first = row(second, 0);
        assertThat(sorted(first)).containsExactly(0, 1, 2, 3);
        for (int i = 1; i < 6; i++) {
            double shift = 4.0 * i;
            assertThat(row(second, i))
                    .containsExactly(first[0] + shift, first[1] + shift, first[2] + shift, first[3] + shift);
        }
        assertThat(row(tasks.task(1, DATA, DataSpec.defaults(), 7), 0)).containsExactly(first);
    }

    @Test
    void ordersDifferBetweenTasksAndSeeds() {
        Dataset wide = new Dataset(
                "wide",
                Shape.of(100),
                new TargetKind.Classes(List.of("a", "b")),
                new Split(
                        SharedArray.of(
                                Shape.of(2, 100),
                                IntStream.range(0, 200).asDoubleStream().toArray()),
                        new int[] {0, 1}),
                Optional.empty(),
                Optional.empty());
        PermutedTasks tasks = new PermutedTasks(3, 1);
        double[] one = row(tasks.task(1, wide, DataSpec.defaults(), 7), 0);
        assertThat(one)
                .isNotEqualTo(row(wide, 0))
                .isNotEqualTo(row(tasks.task(2, wide, DataSpec.defaults(), 7), 0))
                // The order of the features belongs to the data: of files it is the same for all seeds of a run.
                .isNotEqualTo(row(tasks.task(1, wide, DataSpec.defaults(), 8), 0));
        double[] half = row(new PermutedTasks(3, 0.3).task(1, wide, DataSpec.defaults(), 7), 0);
        long moved = IntStream.range(0, 100).filter(i -> half[i] != i).count();
        assertThat(moved).isBetween(20L, 30L);
        assertThat(sorted(half)).isEqualTo(row(wide, 0));
    }

    @Test
    void classTasksShareOutTheClassesAndRenumberThem() {
        ClassTasks tasks = new ClassTasks(2);
        assertThat(tasks.count(DATA)).isEqualTo(2);
        assertThat(tasks.examples(0, DATA)).isEqualTo(4);
        assertThat(tasks.examples(1, DATA)).isEqualTo(2);
        Dataset second = tasks.task(1, DATA, DataSpec.defaults(), 0);
        assertThat(second.train().labels()).containsExactly(0, 1);
        assertThat(row(second, 0)).containsExactly(8, 9, 10, 11);
        assertThat(second.classNames()).containsExactly("c", "d");
    }

    @Test
    void classesThatCannotBeSharedOutAreRefused() {
        assertThatThrownBy(() -> new ClassTasks(3).count(DATA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("4 classes, which cannot be shared out into tasks of 3");
        assertThatThrownBy(() -> new ClassTasks(4).count(DATA)).isInstanceOf(UserError.class);
    }

    @Test
    void redrawnTasksAreNewDrawsOfTheSameGenerator() {
        DataSpec spec = DataSpec.defaults();
        Dataset data = spec.load(3);
        RedrawnTasks tasks = new RedrawnTasks(3);
        Dataset second = tasks.task(1, data, spec, 3);
        assertThat(second.exampleShape()).isEqualTo(data.exampleShape());
        assertThat(second.train().count()).isEqualTo(data.train().count());
        assertThat(row(second, 0)).isNotEqualTo(row(data, 0));
        assertThat(row(second, 0)).isEqualTo(row(tasks.task(1, data, spec, 3), 0));
        assertThat(row(second, 0)).isNotEqualTo(row(tasks.task(2, data, spec, 3), 0));
    }

    @Test
    void impossibleSettingsAreNamed() {
        assertThat(new PermutedTasks(0, 2).problems(DataSpec.defaults()))
                .extracting(Problem::key)
                .containsExactly("tasks.count", "tasks.share");
        assertThat(new RedrawnTasks(0).problems(DataSpec.defaults()))
                .extracting(Problem::key)
                .containsExactly("tasks.count");
        assertThat(new ClassTasks(1).problems(DataSpec.defaults()))
                .extracting(Problem::key)
                .containsExactly("tasks.perTask");
    }

    private static Dataset data(int[] labels) {
        double[] inputs = new double[labels.length * 4];
        Arrays.setAll(inputs, i -> i);
        return new Dataset(
                "numbers",
                Shape.of(4),
                new TargetKind.Classes(List.of("a", "b", "c", "d")),
                new Split(SharedArray.of(Shape.of(labels.length, 4), inputs), labels),
                Optional.empty(),
                Optional.empty());
    }

    private static double[] row(Dataset data, int example) {
        int width = data.exampleShape().count();
        double[] row = new double[width];
        Arrays.setAll(row, i -> data.train().inputs().get(example * width + i));
        return row;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
