package io.orrery.bench;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How much faster two cores train several runs than one core does, after warm-up: width 256, batch 128. */
final class StudySuite implements Suite {
    private static final int STEPS = 1200;
    private static final int ROUNDS = 15;
    private static final int[] RUNS = {1, 2, 8, 64};
    private static final String[] NAMES = {"oneRunTwoCores", "twoRunsTwoCores", "eightRunsTwoCores", "manyRunsTwoCores"
    };

    @Override
    public SuiteDescription about() {
        return new SuiteDescription(
                "Studies",
                "Trainings of width 256 at batch 128: several side by side, one on each core, or a single one whose kernels are"
                        + " divided.",
                "",
                1.9,
                Double.NaN);
    }

    @Override
    public String name() {
        return "study";
    }

    @Override
    public Json.Fields run(Bench bench) throws Exception {
        bench.say("");
        bench.say(String.format("%-9s %-34s %12s %12s %8s", name(), "runs", "one core ms", "two cores ms", "ratio"));
        Json.Fields summary = Json.object().put("arithmeticTwoCores", arithmetic(bench));
        for (int i = 0; i < RUNS.length; i++) {
            summary.put(NAMES[i], scaling(RUNS[i], bench));
        }
        return summary;
    }

    /**
     * The same for multiply-adds in registers, two loads of them: what this machine's second core adds when neither memory
     * nor kernels nor the division of work limits. Nothing above it can be asked of a study.
     */
    private double arithmetic(Bench bench) throws Exception {
        try (ExecutorService one = Executors.newFixedThreadPool(1);
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Callable<Float>> loads = List.of(Peak::load, Peak::load);
            return rounds("arithmetic alone", () -> seconds(one, loads), () -> seconds(two, loads), bench);
        }
    }

    /** Median time on one core over the one on two, in rounds whose order alternates. A single run divides its kernels. */
    private double scaling(int runs, Bench bench) throws Exception {
        try (ExecutorService one = Executors.newFixedThreadPool(1);
                ExecutorService two = Executors.newFixedThreadPool(2);
                Workers inside = runs == 1 ? Workers.of(2) : Workers.single()) {
            List<OrreryTraining> alone = trainings(runs, Workers.single());
            List<OrreryTraining> together = runs == 1 ? trainings(runs, inside) : alone;
            WarmUp.untilSteady(alone.getFirst());
            WarmUp.untilSteady(together.getFirst());
            int steps = Math.max(1, STEPS / runs);
            seconds(two, calls(together, steps));
            return rounds(
                    runs == 1 ? "1 run" : runs + " runs",
                    () -> seconds(one, calls(alone, steps)),
                    () -> seconds(two, calls(together, steps)),
                    bench);
        }
    }

    /** Seconds that a round took. */
    private interface Timed {
        double seconds() throws Exception;
    }

    private double rounds(String shape, Timed one, Timed two, Bench bench) throws Exception {
        double[] slow = new double[ROUNDS];
        double[] fast = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                slow[round] = one.seconds();
            }
            fast[round] = two.seconds();
            if (round % 2 == 1) {
                slow[round] = one.seconds();
            }
        }
        double oneCore = Contest.median(slow);
        double twoCores = Contest.median(fast);
        bench.line(
                Json.object()
                        .put("event", "scaling")
                        .put("suite", name())
                        .put("shape", shape)
                        .put("oneCoreSeconds", oneCore)
                        .put("twoCoresSeconds", twoCores)
                        .put("ratio", oneCore / twoCores),
                String.format(
                        Locale.ROOT,
                        "%-9s %-34s %12.1f %12.1f %8.2f",
                        "",
                        shape,
                        1e3 * oneCore,
                        1e3 * twoCores,
                        oneCore / twoCores));
        return oneCore / twoCores;
    }

    private static List<Callable<Double>> calls(List<OrreryTraining> trainings, int steps) {
        return trainings.stream()
                .map(training -> (Callable<Double>) () -> {
                    training.run(steps);
                    return training.loss();
                })
                .toList();
    }

    private static List<OrreryTraining> trainings(int runs, Workers workers) {
        List<OrreryTraining> trainings = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            trainings.add(OrreryTraining.mlp(128, Precision.SINGLE, workers, 784, 256, 256, 10));
        }
        return trainings;
    }

    private static <T> double seconds(ExecutorService pool, List<Callable<T>> calls) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> call : calls) {
            futures.add(pool.submit(() -> {
                ready.await();
                return call.call();
            }));
        }
        long start = System.nanoTime();
        ready.countDown();
        for (Future<T> future : futures) {
            future.get();
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
