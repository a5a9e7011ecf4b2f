package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.book.GroupComparison.At;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupComparisonTest {
    private static final String LOSS = "loss.loss@train";

    private static RecordedRun run(long seed, double... losses) {
        return run(seed, Optional.of(RunEnd.Status.DONE), losses);
    }

    private static RecordedRun run(long seed, Optional<RunEnd.Status> status, double... losses) {
        List<Measurement> measurements = IntStream.range(0, losses.length)
                .mapToObj(step -> Measurement.of(step, "loss", "loss", "", "train", losses[step]))
                .toList();
        Optional<RunEnd> end = status.map(how -> new RunEnd(how, losses.length - 1, "", "", "", Map.of()));
        return new RecordedRun("s", "run" + seed, seed, Map.of(), "{}", Map.of(), measurements, end);
    }

    private static GroupComparison.Difference loss(GroupComparison comparison) {
        return Objects.requireNonNull(comparison.differences().get(LOSS));
    }

    @Test
    void differencesOfTheLastValuesArePairedBySeed() {
        GroupComparison comparison = GroupComparison.paired(
                List.of(run(1, 9, 1), run(2, 9, 2), run(3, 9, 3), run(7, 9, 5)),
                List.of(run(3, 9, 6), run(2, 9, 4), run(1, 9, 2), run(8, 9, 5)),
                At.SAME_STEP);
        assertThat(comparison.seeds()).containsExactly(1L, 2L, 3L);
        assertThat(comparison.leftOut())
                .containsExactly(
                        "A's seed 7: no finished run of B to pair with",
                        "B's seed 8: no finished run of A to pair with");
        GroupComparison.Difference loss = loss(comparison);
        assertThat(loss.n()).isEqualTo(3);
        assertThat(loss.meanA()).isEqualTo(2);
        assertThat(loss.meanB()).isEqualTo(4);
        // Differences 1, 2, 3: mean 2, deviation 1; the table's t(0.975, 2 degrees) is 4.3027, over sqrt(3): 2.4841.
        assertThat(loss.mean()).isEqualTo(2);
        assertThat(loss.interval().low()).isCloseTo(2 - 2.4841, within(1e-4));
        assertThat(loss.interval().high()).isCloseTo(2 + 2.4841, within(1e-4));
        assertThat(loss.clear()).isFalse();
    }

    @Test
    void aSinglePairHasNoIntervalAndNumbersThatAreNotFiniteAreLeftOut() {
        GroupComparison.Difference one = loss(GroupComparison.paired(
                List.of(run(1, 1), run(2, Double.NaN)), List.of(run(1, 3), run(2, 3)), At.SAME_STEP));
        assertThat(one.n()).isEqualTo(1);
        assertThat(one.mean()).isEqualTo(2);
        assertThat(one.interval().isKnown()).isFalse();
        assertThat(one.clear()).isFalse();
    }

    /** All differ by 2: nothing is known of how much chance does, so that nothing is said. */
    @Test
    void pairsThatDoNotVaryHaveNoInterval() {
        GroupComparison.Difference same = loss(
                GroupComparison.paired(List.of(run(1, 1), run(2, 5)), List.of(run(1, 3), run(2, 7)), At.SAME_STEP));
        assertThat(same.mean()).isEqualTo(2);
        assertThat(same.interval().isKnown()).isFalse();
        assertThat(same.clear()).isFalse();
    }

    @Test
    void runsThatDidNotReachTheirEndAreNamedAndLeftOut() {
        GroupComparison comparison = GroupComparison.paired(
                List.of(
                        run(1, 9, 1),
                        run(2, Optional.of(RunEnd.Status.DIVERGED), 9, 8, 7),
                        run(3, Optional.of(RunEnd.Status.INTERRUPTED), 9, 8),
                        run(4, Optional.empty(), 9)),
                List.of(run(1, 9, 2), run(2, 9, 2), run(3, 9, 2), run(4, 9, 2)),
                At.SAME_STEP);
        assertThat(comparison.seeds()).containsExactly(1L);
        assertThat(comparison.leftOut())
                .containsExactly(
                        "A's seed 2 (run run2) diverged at step 2",
                        "A's seed 3 (run run3) was interrupted at step 1",
                        "A's seed 4 (run run4) has not come to an end",
                        "B's seeds 2, 3, 4: no finished run of A to pair with");
        assertThat(loss(comparison).n()).isEqualTo(1);
    }

    @Test
    void readingsAreThoseOfTheLastStepThatBothHaveUnlessTheEndIsAskedFor() {
        List<RecordedRun> shorter = List.of(run(1, 9, 8));
        List<RecordedRun> longer = List.of(run(1, 7, 6, 5, 4));
        GroupComparison.Difference same = loss(GroupComparison.paired(shorter, longer, At.SAME_STEP));
        assertThat(List.of(same.firstStep(), same.lastStep())).containsExactly(1L, 1L);
        assertThat(same.mean()).isEqualTo(6 - 8);
        GroupComparison.Difference end = loss(GroupComparison.paired(shorter, longer, At.END));
        assertThat(List.of(end.firstStep(), end.lastStep())).containsExactly(1L, 3L);
        assertThat(end.mean()).isEqualTo(4 - 8);
    }

    @Test
    void groupsThatCannotBePairedAreRefused() {
        assertThatThrownBy(() -> GroupComparison.paired(List.of(run(1, 1)), List.of(run(2, 1)), At.SAME_STEP))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "nothing can be compared: no seed has a finished run in both sets; A has those of seeds 1, B"
                                + " those of seeds 2");
        assertThatThrownBy(() -> GroupComparison.paired(
                        List.of(run(1, 1)), List.of(run(1, Optional.of(RunEnd.Status.DIVERGED), 1, 2)), At.SAME_STEP))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "nothing can be compared: no seed has a finished run in both sets; A has those of seeds 1, B"
                                + " none. Left out: B's seed 1 (run run1) diverged at step 1");
        assertThatThrownBy(() -> GroupComparison.paired(List.of(run(1)), List.of(run(1, 1)), At.SAME_STEP))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("nothing can be compared: no series was read in both sets");
        assertThatThrownBy(
                        () -> GroupComparison.paired(List.of(run(1, 1), run(1, 2)), List.of(run(1, 1)), At.SAME_STEP))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the seed 1 stands twice in A, in the runs run1 and run1");
    }
}
