package io.orrery.lab.data.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.file.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetSummaryTest {
    @Test
    void countsAndRangesAreThoseOfTheExamples() {
        Split train = new Split(SharedArray.of(Shape.of(3, 2), new float[] {1, 3, 5, 7, 9, 11}), new int[] {1, 0, 1});
        Dataset data = new Dataset(
                "small",
                Shape.of(2),
                new TargetKind.Classes(List.of("a", "b")),
                train,
                Optional.empty(),
                Optional.empty(),
                List.of(new SourceFile("data.file", "f", "/somewhere/f", "00")),
                Ledger.EMPTY.plus(Ledger.Entry.all("/somewhere/f", "rows", 3)));
        DatasetSummary summary = DatasetSummary.of(data);
        assertThat(summary.files()).containsEntry("f", "00");
        // Mean 6; squared differences 25, 9, 1, 1, 9, 25: variance 70 / 6.
        assertThat(summary.splits())
                .containsExactly(new DatasetSummary.Part(
                        SplitName.TRAIN,
                        3,
                        List.of(1, 2),
                        Optional.empty(),
                        1,
                        11,
                        6,
                        Math.sqrt(70 / 6.0),
                        Precision.SINGLE,
                        24));
    }

    @Test
    void bitsAreCountedOneByOne() {
        Split train = new Split(SharedArray.of(Shape.of(3, 1), new double[] {0, 0, 0}), new int[] {3, 1, 0});
        Dataset data = new Dataset(
                "bits",
                Shape.of(1),
                new TargetKind.Bits(List.of("bit 0", "bit 1")),
                train,
                Optional.empty(),
                Optional.empty());
        assertThat(DatasetSummary.of(data).splits().getFirst().countsPerClass()).containsExactly(2, 1);
    }
}
