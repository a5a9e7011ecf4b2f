package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Network;
import io.orrery.lab.run.Trainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random specs through the whole chain: read, bound, checked, their data loaded and held against the model, and if they are
 * small prepared, stepped and measured. Each is run or refused in plain words. {@code -Dfuzz.seed=N} repeats a run.
 */
class RandomSpecsTest {
    private static final int SHORT = 100;
    private static final long LONG = 10_000;
    private static final int MOST_FINDS = 10;
    /** Of processor time until a spec is refused or ready to train. */
    private static final double PATIENCE_SECONDS = 5;

    private static final int STEPS = 3;
    /** What a pass over the data may cost so that it is tried. */
    private static final double SMALL_FLOPS = 5e7;

    private static final Path FOUND = Path.of("src", "test", "resources", "specs-found.yaml");

    /** How far specs came, and what went wrong with which. */
    private record Outcome(Map<String, Integer> reached, List<String> finds) {}

    @Test
    void aHundredRandomSpecsAreRunOrRefused() {
        Outcome outcome = run(Long.getLong("fuzz.seed", 1), SHORT);
        assertThat(outcome.finds).isEmpty();
        assertThat(outcome.reached).containsKeys("refused as a spec", "trained");
    }

    /** One spec a line. */
    @Test
    void specsThatWereFoundStayMended() throws IOException {
        Outcome outcome = new Outcome(new TreeMap<>(), new ArrayList<>());
        try (Stream<String> lines = Files.lines(FOUND)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(yaml -> one(yaml, outcome));
        }
        assertThat(outcome.finds).isEmpty();
    }

    @Test
    @Tag("long")
    @Tag("fuzz")
    void tenThousandRandomSpecs() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("random specs: seed " + seed);
        Outcome outcome = run(seed, Long.getLong("fuzz.count", LONG));
        System.out.println("random specs: " + outcome.reached);
        assertThat(outcome.finds).as("seed " + seed).isEmpty();
    }

    private static Outcome run(long seed, long count) {
        RandomSpec random = new RandomSpec(seed);
        Outcome outcome = new Outcome(new TreeMap<>(), new ArrayList<>());
        for (long i = 0; i < count && outcome.finds.size() < MOST_FINDS; i++) {
            one(random.yaml(), outcome);
        }
        return outcome;
    }

    private static void one(String yaml, Outcome outcome) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String reached = "refused as a spec";
        try {
            StudyPlan study = SpecDocument.of(yaml, "random").study(Instruments.names());
            RunPlan plan = study.runs().getFirst();
            reached = "refused with its data";
            Dataset data = plan.spec().data().load(plan.seed());
            reached = "refused with its model";
            Trainer.check(plan.spec(), data);
            reached = "refused when prepared";
            patience(yaml, reached, start, outcome);
            if (small(plan.spec(), data)) {
                reached = train(plan, data);
            } else {
                reached = "too large to train here";
            }
        } catch (UserError refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                outcome.finds.add("refused without a word: " + yaml);
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError wrong) {
            String at = Stream.of(wrong.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("io.orrery"))
                    .limit(3)
                    .toList()
                    .toString();
            outcome.finds.add(wrong + " at " + at + ": " + yaml);
        }
        if (reached.startsWith("refused")) {
            patience(yaml, reached, start, outcome);
        }
        outcome.reached.merge(reached, 1, Integer::sum);
    }

    private static void patience(String yaml, String reached, long start, Outcome outcome) {
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
        if (seconds > PATIENCE_SECONDS) {
            outcome.finds.add(seconds + " seconds until " + reached + ": " + yaml);
        }
    }

    private static boolean small(Spec spec, Dataset data) {
        double flops =
                Network.of(spec.model(), data.exampleShape(), data.classes()).flops();
        return flops * data.train().count() < SMALL_FLOPS;
    }

    private static String train(RunPlan plan, Dataset data) {
        Trainer trainer = new Trainer(
                plan.spec(),
                plan.seed(),
                data,
                Instruments.named(plan.spec().measure().instruments()),
                Workers.single());
        for (int step = 0; step < Math.min(STEPS, trainer.totalSteps()); step++) {
            double _ = trainer.advance();
        }
        trainer.measure();
        return "trained";
    }
}
