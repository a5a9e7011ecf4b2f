package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static RecordedRun run(long seed, double... losses) {
        List<Measurement> measurements = java.util.stream.IntStream.range(0, losses.length)
                .mapToObj(step -> Measurement.of(step, "loss", "loss", "", "train", losses[step]))
                .toList();
        return new RecordedRun("s", "run" + seed, seed, Map.of(), "{}", Map.of(), measurements, Optional.empty());
    }

    @Test
    void differencesOfTheLastValuesArePairedBySeed() {
        Comparison comparison = Comparison.paired(
                List.of(run(1, 9, 1), run(2, 9, 2), run(3, 9, 3), run(7, 5)),
                List.of(run(3, 6), run(2, 4), run(1, 2), run(8, 5)));
        assertThat(comparison.seeds()).containsExactly(1L, 2L, 3L);
        Comparison.Difference loss =
                Objects.requireNonNull(comparison.differences().get("loss.loss@train"));
        assertThat(loss.n()).isEqualTo(3);
        assertThat(loss.meanA()).isEqualTo(2);
        assertThat(loss.meanB()).isEqualTo(4);
        // Differences 1, 2, 3: mean 2, deviation 1; the table's t(0.975, 2 degrees) is 4.3027, over sqrt(3): 2.4841.
        assertThat(loss.mean()).isEqualTo(2);
        assertThat(loss.low()).isCloseTo(2 - 2.4841, within(1e-4));
        assertThat(loss.high()).isCloseTo(2 + 2.4841, within(1e-4));
        assertThat(loss.clear()).isFalse();
    }

    @Test
    void aSinglePairHasNoIntervalAndNumbersThatAreNotFiniteAreLeftOut() {
        Comparison.Difference one = Objects.requireNonNull(Comparison.paired(
                        List.of(run(1, 1), run(2, Double.NaN)), List.of(run(1, 3), run(2, 3)))
                .differences()
                .get("loss.loss@train"));
        assertThat(one.n()).isEqualTo(1);
        assertThat(one.mean()).isEqualTo(2);
        assertThat(one.low()).isNaN();
        assertThat(one.clear()).isFalse();
    }

    @Test
    void groupsThatCannotBePairedAreRefused() {
        assertThatThrownBy(() -> Comparison.paired(List.of(run(1, 1)), List.of(run(2, 1))))
                .isInstanceOf(UserError.class)
                .hasMessage("the groups cannot be paired: no seed stands in both; the first has [1], the second [2]");
        assertThatThrownBy(() -> Comparison.paired(List.of(run(1)), List.of(run(1, 1))))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("the groups cannot be paired: no series was measured in both");
        assertThatThrownBy(() -> Comparison.paired(List.of(run(1, 1), run(1, 2)), List.of(run(1, 1))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the seed 1 stands twice in the first group, in the runs run1 and run1");
    }
}
