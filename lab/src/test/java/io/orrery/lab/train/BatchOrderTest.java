package io.orrery.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchOrderTest {
    private static DataSpec spec(int batch, DataSpec.Order order, DataSpec.LastBatch last) {
        TestSpec spec = new TestSpec();
        spec.batchSize = batch;
        spec.order = order;
        spec.lastBatch = last;
        return spec.build().data();
    }

    @Test
    void anEpochIsAPermutationOfItsOwn() {
        BatchOrder order = BatchOrder.of(spec(8, DataSpec.Order.EPOCHS, DataSpec.LastBatch.KEEP), 29, 1);
        assertThat(order.stepsPerEpoch()).isEqualTo(4);
        assertThat(order.lastBatch()).isEqualTo(5);
        assertThat(order.prepare(3)).isEqualTo(24);
        int[] first = order.rows().clone();
        assertThat(Arrays.stream(first).sorted().toArray())
                .containsExactly(java.util.stream.IntStream.range(0, 29).toArray());
        assertThat(order.prepare(4)).isZero();
        assertThat(order.rows()).isNotEqualTo(first);
        order.prepare(0);
        assertThat(order.rows()).isEqualTo(first);
        BatchOrder other = BatchOrder.of(spec(8, DataSpec.Order.EPOCHS, DataSpec.LastBatch.KEEP), 29, 2);
        other.prepare(0);
        assertThat(other.rows()).isNotEqualTo(first);
    }

    @Test
    void theLastBatchIsKeptOrDropped() {
        BatchOrder dropped = BatchOrder.of(spec(8, DataSpec.Order.EPOCHS, DataSpec.LastBatch.DROP), 29, 1);
        assertThat(dropped.stepsPerEpoch()).isEqualTo(3);
        assertThat(dropped.lastBatch()).isEqualTo(8);
        assertThatThrownBy(() -> BatchOrder.of(spec(30, DataSpec.Order.EPOCHS, DataSpec.LastBatch.DROP), 29, 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.batchSize: 30");
    }

    @Test
    void withReplacementEveryStepDrawsAnew() {
        BatchOrder order = BatchOrder.of(spec(8, DataSpec.Order.WITH_REPLACEMENT, DataSpec.LastBatch.KEEP), 29, 1);
        order.prepare(0);
        int[] first = order.rows().clone();
        order.prepare(1);
        assertThat(order.rows()).isNotEqualTo(first).hasSize(8);
        assertThat(Arrays.stream(order.rows()).allMatch(row -> row >= 0 && row < 29))
                .isTrue();
    }

    @Test
    void ratesFollowTheirSchedule() {
        LearningRate steps =
                new LearningRate(2, new ScheduleSpec(ScheduleSpec.Kind.STEP, 0, List.of(0.5, 0.75), 0.1, 0), 100);
        assertThat(steps.at(49)).isEqualTo(2);
        assertThat(steps.at(50)).isCloseTo(0.2, within(1e-15));
        assertThat(steps.at(75)).isCloseTo(0.02, within(1e-15));
        LearningRate cosine =
                new LearningRate(2, new ScheduleSpec(ScheduleSpec.Kind.COSINE, 10, List.of(), 1, 0.1), 111);
        assertThat(cosine.at(0)).isCloseTo(0.2, within(1e-15));
        assertThat(cosine.at(9)).isEqualTo(2);
        assertThat(cosine.at(10)).isEqualTo(2);
        assertThat(cosine.at(60)).isCloseTo(2 * 0.55, within(1e-12));
        assertThat(cosine.at(110)).isCloseTo(0.2, within(1e-12));
        double sum = 0;
        for (int step = 0; step < 111; step++) {
            sum += cosine.at(step);
        }
        assertThat(cosine.timeAt(50)).isLessThan(sum);
        assertThat(cosine.timeAt(111)).isEqualTo(sum);
    }
}
