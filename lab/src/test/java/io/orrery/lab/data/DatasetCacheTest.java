package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.Csv;
import io.orrery.lab.data.source.CsvBuilder;
import io.orrery.lab.data.source.Scribbles;
import io.orrery.lab.data.source.Xor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCacheTest {
    @TempDir
    Path folder;

    @Test
    void runsWithTheSameDataShareThem() {
        DatasetCache cache = new DatasetCache();
        DataSpec spec = DataSpecBuilder.of(new Xor(20, 10, 4)).seed(3).build();
        Dataset first = cache.load(spec, 1);
        assertThat(cache.load(spec, 2)).isSameAs(first);
        assertThat(cache.load(
                        DataSpecBuilder.of(new Xor(20, 10, 4))
                                .seed(3)
                                .batchSize(7)
                                .build(),
                        1))
                .isSameAs(first);
        assertThat(first.train().inputs().doubles())
                .isEqualTo(spec.load(1).train().inputs().doubles());
    }

    @Test
    void runsInTheSamePrecisionShareOneConversion() {
        DatasetCache cache = new DatasetCache();
        DataSpec spec = DataSpecBuilder.of(new Scribbles(20, 10)).seed(3).build();
        Dataset loaded = cache.load(spec, 1);
        Dataset wide = cache.load(spec, 1, Precision.DOUBLE);
        assertThat(cache.load(spec, 2, Precision.DOUBLE)).isSameAs(wide);
        assertThat(cache.load(spec, 1, Precision.SINGLE)).isSameAs(loaded);
        assertThat(wide.train().inputs().precision()).isEqualTo(Precision.DOUBLE);
        // Inputs in double are drawn in double, not widened from single ones.
        assertThat(wide.test().orElseThrow().inputs().in(Precision.SINGLE).singles())
                .isEqualTo(loaded.test().orElseThrow().inputs().singles());
        assertThat(wide.test().orElseThrow().inputs().doubles())
                .isNotEqualTo(loaded.test()
                        .orElseThrow()
                        .inputs()
                        .in(Precision.DOUBLE)
                        .doubles());
        assertThat(wide.train().labels()).isEqualTo(loaded.train().labels());
    }

    @Test
    void otherSeedsAreOtherData() {
        DatasetCache cache = new DatasetCache();
        DataSpec spec = DataSpecBuilder.of(new Xor(20, 10, 4)).build();
        assertThat(cache.load(spec, 1).train().inputs().doubles())
                .isNotEqualTo(cache.load(spec, 2).train().inputs().doubles());
    }

    @Test
    void labelNoiseSharesTheInputsOfFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), "1,a\n2,b\n3,a\n4,b\n");
        Csv csv = CsvBuilder.of(file).testFile(file).build();
        DatasetCache cache = new DatasetCache();
        Dataset noisy =
                cache.load(DataSpecBuilder.of(csv).randomLabels().seed(1).build(), 1);
        Dataset other =
                cache.load(DataSpecBuilder.of(csv).randomLabels().seed(2).build(), 1);
        assertThat(noisy.train().inputs()).isSameAs(other.train().inputs());
    }

    @Test
    void threadsWaitForOneLoading() throws Exception {
        DatasetCache cache = new DatasetCache();
        DataSpec spec = DataSpecBuilder.of(new Scribbles(300, 0)).build();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Dataset>> tasks = IntStream.range(0, 4)
                    .mapToObj(i -> (Callable<Dataset>) () -> cache.load(spec, 1))
                    .toList();
            Dataset first = cache.load(spec, 1);
            for (Future<Dataset> future : pool.invokeAll(tasks)) {
                assertThat(future.get()).isSameAs(first);
            }
        }
    }

    @Test
    void anErrorIsNotRemembered() throws Exception {
        Path file = folder.resolve("late.csv");
        DataSpec spec = DataSpecBuilder.of(CsvBuilder.of(file).build()).build();
        DatasetCache cache = new DatasetCache();
        assertThatThrownBy(() -> cache.load(spec, 1)).isInstanceOf(UserError.class);
        Files.writeString(file, "1,a\n2,b\n");
        assertThat(cache.load(spec, 1).train().count()).isEqualTo(2);
    }

    @Test
    void batchesAreCheckedEveryTime() {
        DatasetCache cache = new DatasetCache();
        assertThat(cache.load(DataSpecBuilder.of(new Xor(20, 10, 4)).build(), 1))
                .isNotNull();
        assertThatThrownBy(() -> cache.load(
                        DataSpecBuilder.of(new Xor(20, 10, 4)).batchSize(21).build(), 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.batchSize is 21");
    }
}
