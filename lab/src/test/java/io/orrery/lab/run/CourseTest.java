package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.train.StopSpec;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CourseTest {
    @Test
    void theStepAtWhichATaskEndsBelongsToIt() {
        TaskCourse course = TaskCourse.of(
                new StopSpec(OptionalLong.of(5), OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                DataSpec.defaults(),
                100,
                100,
                100);
        assertThat(course.totalSteps()).isEqualTo(15);
        assertThat(course.taskAt(0)).isZero();
        assertThat(course.taskAt(5)).isZero();
        assertThat(course.taskAt(6)).isEqualTo(1);
        assertThat(course.taskAt(15)).isEqualTo(2);
        assertThat(course.start(1)).isEqualTo(5);
        assertThat(course.switches()).containsExactly(5L, 10L);
    }

    @Test
    void epochsAreThoseOfEachTask() {
        // Batches of 50: 2 steps an epoch of 100 examples, 1 of 40.
        TaskCourse course = TaskCourse.of(
                new StopSpec(OptionalLong.empty(), OptionalInt.of(3), OptionalDouble.empty(), OptionalDouble.empty()),
                DataSpec.defaults(),
                100,
                40);
        assertThat(course.totalSteps()).isEqualTo(9);
        assertThat(course.end(0)).isEqualTo(6);
    }
}
