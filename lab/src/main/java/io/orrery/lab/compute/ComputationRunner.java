package io.orrery.lab.compute;

import io.orrery.lab.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evaluates computations across the cores, one core each. What the lab book holds is not computed again; what is computed is
 * kept at once, so that nothing is lost but what was under way. No number depends on how many threads there are.
 */
public final class ComputationRunner {
    private final ResultBook book;
    private final int threads;
    private final ComputationListener listener;
    private volatile boolean stopRequested;

    /** A runner that uses so many threads. */
    public ComputationRunner(ResultBook book, int threads, ComputationListener listener) {
        this.book = book;
        this.threads = threads;
        this.listener = listener;
    }

    /** Asks for an end: what is under way is finished and kept, nothing else is begun. May be called from any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Evaluates what is missing, each once, and returns when all have ended: in the order in which each was first given. */
    public List<ComputedRun> run(List<Evaluation> evaluations) {
        List<Future<ComputedRun>> futures = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(
                Math.max(1, threads),
                Thread.ofPlatform().name("compute-", 1).daemon(true).factory())) {
            for (Evaluation evaluation : new LinkedHashSet<>(evaluations)) {
                futures.add(pool.submit(() -> attempt(evaluation)));
            }
            return futures.stream().map(ComputationRunner::outcome).toList();
        }
    }

    /** The outcomes by what was asked. */
    public static Map<Evaluation, ComputedRun> byEvaluation(List<ComputedRun> runs) {
        return runs.stream().collect(Collectors.toMap(ComputedRun::evaluation, Function.identity()));
    }

    private static ComputedRun outcome(Future<ComputedRun> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an evaluation ended without an outcome", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evaluations were under way", interrupted);
        }
    }

    private ComputedRun attempt(Evaluation evaluation) {
        try {
            return evaluate(evaluation);
        } catch (RuntimeException failed) {
            return failure(evaluation, failed);
        } catch (OutOfMemoryError full) {
            return failure(
                    evaluation,
                    new UserError(
                            evaluation.computation().name() + " with "
                                    + evaluation.setting().text()
                                    + " does not fit into memory; use fewer --threads or a larger heap (-Xmx)",
                            full));
        }
    }

    private ComputedRun failure(Evaluation evaluation, RuntimeException reason) {
        listener.failed(evaluation, reason);
        return new ComputedRun.Failed(evaluation, reason);
    }

    private ComputedRun evaluate(Evaluation evaluation) {
        if (stopRequested) {
            return new ComputedRun.NotBegun(evaluation);
        }
        switch (book.find(evaluation)) {
            case ResultBook.Found.Sound(ResultBook.Kept kept) -> {
                return new ComputedRun.Done(evaluation, kept, true);
            }
            case ResultBook.Found.Damaged(String note) -> listener.noted(evaluation, note);
            case ResultBook.Found.None() -> {}
        }
        listener.computing(evaluation);
        long start = System.nanoTime();
        Results results = evaluation.computation().compute(evaluation.seed(), evaluation.setting());
        double seconds = (System.nanoTime() - start) / 1e9;
        ResultBook.Kept kept = new ResultBook.Kept(results, seconds);
        book.write(evaluation, kept);
        listener.computed(evaluation, seconds);
        return new ComputedRun.Done(evaluation, kept, false);
    }
}
