package io.orrery.bench;

import io.orrery.engine.state.StateLayout;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.text.Json;
import io.orrery.lab.run.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Memory of runs that share their data: how it grows with runs, width and examples. Expected of one run are its state twice
 * (now and at step 0, which instruments compare with) and the buffers of its plan.
 */
final class MemorySuite implements Suite {
    private static final int RUNS = 8;
    private static final int FEW = 2000;
    private static final int MANY = 20_000;
    private static final int[] WIDTHS = {64, 256, 1024};
    private static final int ATTEMPTS = 3;

    @Override
    public SuiteDescription about() {
        return SuiteDescription.alone(
                "Memory",
                "What one more run takes when runs share their data. H is the width, N the number of training examples.");
    }

    @Override
    public String name() {
        return "memory";
    }

    private record Growth(double run, double withLook, double expected, double data) {}

    @Override
    public Json.Fields run(Bench bench) {
        bench.say("");
        bench.say(String.format(
                "%-9s %-26s %12s %12s %12s %12s",
                name(), "shape", "one run kB", "expected kB", "looked at kB", "data kB"));
        double most = 0;
        double few = 0;
        double many = 0;
        for (int width : WIDTHS) {
            for (int examples : new int[] {FEW, MANY}) {
                Growth growth = growth(width, examples);
                most = Math.max(most, growth.run / growth.expected);
                few = width == 256 && examples == FEW ? growth.run : few;
                many = width == 256 && examples == MANY ? growth.run : many;
                show(width, examples, growth, bench);
            }
        }
        return Json.object()
                .put("runBytes", few)
                .put("overExpected", most)
                .put("tenTimesTheData", many / few)
                .put("peakBytes", Runtime.getRuntime().totalMemory());
    }

    private void show(int width, int examples, Growth growth, Bench bench) {
        String shape = "H" + width + "-N" + examples;
        bench.line(
                Json.object()
                        .put("event", "memory")
                        .put("suite", name())
                        .put("shape", shape)
                        .put("runBytes", growth.run)
                        .put("expectedBytes", growth.expected)
                        .put("lookedAtBytes", growth.withLook)
                        .put("dataBytes", growth.data),
                String.format(
                        Locale.ROOT,
                        "%-9s %-26s %12.0f %12.0f %12.0f %12.0f",
                        "",
                        shape,
                        growth.run / 1024,
                        growth.expected / 1024,
                        growth.withLook / 1024,
                        growth.data / 1024));
    }

    private static Growth growth(int width, int examples) {
        DefaultRun run = DefaultRun.of(width, examples);
        List<Trainer> trainers = new ArrayList<>();
        trainers.add(run.trainer(1, Instruments.all()));
        trainers.getFirst().advance();
        long before = used();
        for (int seed = 2; seed <= 1 + RUNS; seed++) {
            Trainer trainer = run.trainer(seed, Instruments.all());
            trainer.advance();
            trainers.add(trainer);
        }
        double perRun = (double) (used() - before) / RUNS;
        trainers.getFirst().measure();
        long looking = used();
        trainers.get(1).measure();
        double look = used() - looking;
        Trainer first = trainers.getFirst();
        StateLayout layout = first.state().layout();
        double expected = 2.0 * layout.length() * layout.precision().bytes()
                + first.workingBytes()
                + (double) Integer.BYTES * examples;
        double data = first.dataBytes();
        if (trainers.size() != RUNS + 1) {
            throw new IllegalStateException("runs were lost");
        }
        return new Growth(perRun, perRun + look, expected, data);
    }

    /** Bytes in use once garbage is gone. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
