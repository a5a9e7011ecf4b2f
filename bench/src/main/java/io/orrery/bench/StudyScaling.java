package io.orrery.bench;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How much faster two cores train several runs than one core does, after warm-up: width 256, batch 128. */
final class StudyScaling {
    private static final int STEPS = 150;
    private static final int ROUNDS = 11;

    private StudyScaling() {}

    /** Median over rounds of (time on one thread) / (time on two), in pairs whose order alternates. */
    static double ratio(int runs) throws Exception {
        List<OrreryTraining> trainings = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            trainings.add(OrreryTraining.mlp(128, Precision.SINGLE, Workers.single(), 784, 256, 256, 10));
        }
        double[] ratios = new double[ROUNDS];
        try (ExecutorService one = Executors.newFixedThreadPool(1);
                ExecutorService two = Executors.newFixedThreadPool(2)) {
            WarmUp.untilSteady(trainings.getFirst());
            seconds(one, trainings);
            seconds(two, trainings);
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    double alone = seconds(one, trainings);
                    ratios[round] = alone / seconds(two, trainings);
                } else {
                    double together = seconds(two, trainings);
                    ratios[round] = seconds(one, trainings) / together;
                }
            }
        }
        return Contest.median(ratios);
    }

    private static double seconds(ExecutorService pool, List<OrreryTraining> trainings) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        List<Future<?>> futures = new ArrayList<>();
        for (OrreryTraining training : trainings) {
            futures.add(pool.submit(() -> {
                ready.await();
                for (int step = 0; step < STEPS; step++) {
                    training.run();
                }
                return training.loss();
            }));
        }
        long start = System.nanoTime();
        ready.countDown();
        for (Future<?> future : futures) {
            future.get();
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
