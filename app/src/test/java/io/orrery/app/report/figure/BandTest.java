package io.orrery.app.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.report.series.Trace;
import io.orrery.lab.book.RecordedRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BandTest {
    @Test
    void isTheMedianWithLowestAndHighestOfFewSeeds() {
        Band band = Band.over(List.of(
                trace(new long[] {0, 1}, 4, 1), trace(new long[] {0, 1}, 2, 8), trace(new long[] {0, 1}, 9, 3)));
        assertThat(band.low()).containsExactly(2, 1);
        assertThat(band.median()).containsExactly(4, 3);
        assertThat(band.high()).containsExactly(9, 8);
    }

    @Test
    void spansTheQuartilesOfManySeeds() {
        // 0, 1, ..., 12: the quartiles by linear interpolation are 3 and 9.
        Band band = Band.over(IntStream.rangeClosed(0, 12)
                .mapToObj(value -> trace(new long[] {5}, value))
                .toList());
        assertThat(band.low()).containsExactly(3);
        assertThat(band.median()).containsExactly(6);
        assertThat(band.high()).containsExactly(9);
    }

    @Test
    void leavesOutTheLastLookOfOneRunThatStoppedEarlyButNotWhatOnlyTheLongestReached() {
        Band band = Band.over(List.of(
                trace(new long[] {0, 10, 13}, 1, 2, 3),
                trace(new long[] {0, 10, 20}, 1, 2, 5),
                trace(new long[] {0, 10, 20, 30}, 1, 2, 7, 9)));
        assertThat(band.steps()).containsExactly(0, 10, 20, 30);
        assertThat(band.median()).containsExactly(1, 2, 6, 9);
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        Band band = Band.over(List.of(
                trace(new long[] {0, 1}, 1, Double.NaN), trace(new long[] {0, 1}, 3, Double.POSITIVE_INFINITY)));
        assertThat(band.steps()).containsExactly(0);
        assertThat(band.median()).containsExactly(2);
    }

    @Test
    void thinningKeepsTheEndsAndTheBeginningsDetail() {
        long[] steps = LongStream.rangeClosed(0, 10_000).toArray();
        int[] chosen = Band.thin(steps, 100);
        assertThat(chosen)
                .hasSize(100)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(0, 1, 2)
                .endsWith(10_000);
        assertThat(Band.thin(new long[] {0, 5, 9}, 100)).containsExactly(0, 1, 2);
    }

    private static Trace trace(long[] steps, double... values) {
        RecordedRun run = new RecordedRun("s", "id", 1, Map.of(), "{}", Map.of(), List.of(), Optional.empty());
        double[][] rows = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            rows[i] = new double[] {values[i]};
        }
        return new Trace(run, steps, rows);
    }
}
