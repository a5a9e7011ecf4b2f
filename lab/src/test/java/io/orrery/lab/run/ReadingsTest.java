package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many readings the series of the project's own examples have. */
final class ReadingsTest {
    private static final Path ROOT = Path.of("..");
    private static final int LEAST = 20;
    /** What costs more than it may is read at both ends and at one look between them at the least. */
    private static final int COSTLY = 3;

    /** The spec that README.md shows. */
    private static SpecDocument readme() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        int start = lines.indexOf("    name: decay");
        String text = lines.stream()
                .skip(start)
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
        return SpecDocument.of(text, "README.md");
    }

    private static Trainer trainer(SpecDocument document) {
        RunPlan plan = document.study(Instruments.names()).runs().getFirst();
        Dataset data = new DatasetCache()
                .load(plan.spec().data(), plan.seed(), plan.spec().precision());
        List<Instrument> instruments = Instruments.named(plan.spec().measure().instruments());
        return new Trainer(plan.spec(), plan.seed(), data, instruments, Workers.single());
    }

    /** Looks at which each instrument is read, and at which the costly part of all. */
    private static Map<String, Long> planned(Trainer trainer) {
        LookBudget budget = trainer.budget(trainer.looks());
        Map<String, Long> counts = trainer.instruments().stream()
                .collect(Collectors.toMap(
                        Instrument::name,
                        instrument -> IntStream.range(0, budget.extents().size())
                                .filter(index -> budget.due(instrument, index))
                                .count()));
        counts.put(
                "spectra",
                IntStream.range(0, budget.extents().size())
                        .filter(budget::thorough)
                        .count());
        return counts;
    }

    @Test
    void theExampleOfTheFirstPageIsReadAtTwentyLooks() throws IOException {
        Map<String, Long> counts = planned(trainer(readme()));
        assertThat(counts).isNotEmpty();
        counts.forEach((name, count) -> assertThat(count)
                .as(name)
                .isGreaterThanOrEqualTo(Set.of("gradient", "duality", "spectra").contains(name) ? COSTLY : LEAST));
    }

    /** Three epochs of it: 120 steps, whose updates take less than the looks. */
    @Test
    void aRunOfAHundredStepsHasTwentyReadingsOfAllThatIsCheap() throws IOException {
        Trainer trainer =
                trainer(readme().with("stop.epochs=3").with("data.train=400").with("data.batchSize=10"));
        TestRecorder recorder = new TestRecorder();
        RunEnd end = trainer.run(recorder, RunMonitor.NONE);
        assertThat(end.steps()).isEqualTo(120);
        Map<String, Set<Long>> steps = recorder.measurements.stream()
                .collect(Collectors.groupingBy(
                        Measurement::series,
                        Collectors.mapping(Measurement::step, Collectors.toCollection(TreeSet::new))));
        assertThat(steps.keySet())
                .contains("loss.accuracy@train", "neural-collapse.nc1@train", "norms.rho", "distance.relative");
        steps.forEach((series, at) -> {
            if (Set.of("loss", "neural-collapse", "norms", "distance")
                            .contains(series.substring(0, series.indexOf('.')))
                    && !series.contains("spectral")
                    && !series.contains("inputs")) {
                assertThat(at).as(series).hasSizeGreaterThanOrEqualTo(LEAST);
            }
        });
        assertThat(end.looks()).anySatisfy(sentence -> assertThat(sentence).startsWith("Predicted from FLOPs: "));
    }

    private static int inMlp(String instrument) {
        return instrument.equals("spectra") ? COSTLY : LEAST;
    }

    private static int inCnn(String instrument) {
        return Set.of("gradient", "duality", "spectra").contains(instrument) ? 2 : LEAST;
    }

    @Test
    void mnistIsReadAtTwentyLooks() {
        Path data = SharedData.find("mnist");
        for (String name : List.of("mnist-mlp", "mnist-cnn")) {
            SpecDocument document = SpecDocument.read(ROOT.resolve("specs/" + name + ".yaml"))
                    .with("data.dir=" + data.toAbsolutePath().normalize());
            Trainer trainer = trainer(document);
            Map<String, Long> counts = planned(trainer);
            counts.forEach((instrument, count) -> assertThat(count)
                    .as(name + " " + instrument)
                    .isGreaterThanOrEqualTo(name.equals("mnist-mlp") ? inMlp(instrument) : inCnn(instrument)));
        }
    }
}
