package io.orrery.lab.study;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.ResumePoint;
import io.orrery.lab.book.RunSet;
import io.orrery.lab.book.RunStart;
import io.orrery.lab.book.RunWriter;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.StudyPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs the runs of a study across the cores, one core per run first; the cores that are left over work inside the runs.
 * Finished runs are left alone, interrupted ones go on, and others go on when one diverges or fails. No number depends on
 * how many threads there are.
 */
public final class StudyRunner {
    /** How long other runs wait at most for the first one to warm up. */
    private static final long HEAD_START_SECONDS = 8;

    /**
     * Age of the process at which a run that steps counts as warm. Until then the compiler needs a core of its own, and what it
     * compiles for the first run the others find compiled. On two cores, with other work about, two runs together had done 26%
     * more steps after 14 s than when the second began with the first step of the first (medians of four turns, at 3 s).
     */
    private static final Duration WARM = Duration.ofSeconds(3);

    /** Between two questions whether another process is done with a run. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final LabBook book;
    private final int threads;
    private final Map<String, String> provenance;
    private final StudyListener listener;
    private final Writers writers;
    private final DatasetCache datasets;
    private final Instant warm =
            ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).plus(WARM);
    /** Opened when some run steps on in a warm process, or has ended. */
    private final CountDownLatch moving = new CountDownLatch(1);

    private volatile boolean stopRequested;

    /** What is done about a run that another process writes. */
    public enum Writers {
        /** It is refused: two commands ask for the same study by mistake. */
        ONE,
        /** Other runs come first; then it is waited for, and trained here if its writer is gone before its end. */
        SEVERAL
    }

    /** A runner that uses so many threads in all, the only writer of its runs. */
    public StudyRunner(LabBook book, int threads, Map<String, String> provenance, StudyListener listener) {
        this(book, threads, provenance, listener, Writers.ONE);
    }

    /** A runner that uses so many threads in all. */
    public StudyRunner(
            LabBook book, int threads, Map<String, String> provenance, StudyListener listener, Writers writers) {
        this.writers = writers;
        this.book = book;
        this.threads = threads;
        this.provenance = Map.copyOf(provenance);
        this.listener = listener;
        this.datasets = new DatasetCache(listener.reading());
    }

    /** Asks all runs to write a checkpoint and end; may be called from any thread. {@link #run} then returns soon. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Runs a study, and returns when every run has ended: the outcomes in the order of the plan.
     *
     * @throws UserError if the spec, its files or the lab book are not fit for any run; then nothing was written
     */
    public List<RunOutcome> run(StudyPlan study) {
        List<RunIdentity> runs = StudyCheck.identify(study.runs(), datasets);
        StudyCheck.requireStarts(runs, datasets);
        if (writers == Writers.ONE) {
            StudyCheck.requireDifferent(runs);
        }
        book.requireWritable();
        Map<DataSpec, List<String>> classes = new HashMap<>();
        runs.forEach(run -> classes.computeIfAbsent(
                run.spec().data(), data -> datasets.load(data, run.seed()).classNames()));
        return all(runs.stream()
                .map(run -> (Task) workers ->
                        begin(study.name(), run, classes.getOrDefault(run.spec().data(), List.of()), workers))
                .toList());
    }

    /**
     * Goes on with one run of the lab book, named as {@link LabBook#find} reads it; does nothing if it is finished.
     *
     * @throws UserError if there is no such run, or its files have changed
     */
    public RunOutcome resume(String name) {
        RunIdentity recorded = book.find(name).identity();
        RunIdentity now = StudyCheck.identify(
                        List.of(new RunPlan(recorded.spec(), recorded.seed(), recorded.setting(), recorded.parents())),
                        datasets)
                .getFirst();
        new ResumePoint(recorded, Optional.empty(), List.of()).requireSame(now);
        RunOutcome outcome = all(List.of(workers -> Optional.of(attempt(now, () -> book.resume(name), workers))))
                .getFirst();
        if (outcome.failure().isPresent()) {
            throw outcome.failure().get();
        }
        return outcome;
    }

    /**
     * All instruments of a run's spec once on the network before any update, such as one whose {@code model.weights} were
     * trained elsewhere. Records nothing.
     *
     * @throws UserError as {@link #run}
     */
    public List<Measurement> measure(RunPlan plan) {
        RunIdentity run = StudyCheck.identify(List.of(plan), datasets).getFirst();
        StudyCheck.requireStarts(List.of(run), datasets);
        try (Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
            return new Trainer(
                            run.spec(),
                            run.seed(),
                            datasets.load(
                                    run.spec().data(), run.seed(), run.spec().precision()),
                            Instruments.named(run.spec().measure().instruments()),
                            workers)
                    .measure();
        }
    }

    /**
     * The runs of a study with the ids under which a lab book holds them.
     *
     * @throws UserError as {@link #run}
     */
    public static List<RunIdentity> identify(StudyPlan study, DatasetCache datasets) {
        return StudyCheck.identify(study.runs(), datasets);
    }

    /** Something that runs one run with some workers inside; nothing while another process writes it. */
    private interface Task {
        Optional<RunOutcome> run(Workers workers);
    }

    /** Runs all; those that other processes write are asked for again after the others, until they are done. */
    private List<RunOutcome> all(List<Task> tasks) {
        List<Optional<RunOutcome>> outcomes = new ArrayList<>(Collections.nCopies(tasks.size(), Optional.empty()));
        List<Integer> left = IntStream.range(0, tasks.size()).boxed().toList();
        while (!left.isEmpty()) {
            List<Optional<RunOutcome>> round =
                    together(left.stream().map(tasks::get).toList());
            for (int i = 0; i < round.size(); i++) {
                outcomes.set(left.get(i), round.get(i));
            }
            left = left.stream().filter(task -> outcomes.get(task).isEmpty()).toList();
            if (!left.isEmpty()) {
                pause();
            }
        }
        return outcomes.stream().flatMap(Optional::stream).toList();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another process had runs under way", interrupted);
        }
    }

    private List<Optional<RunOutcome>> together(List<Task> tasks) {
        int together = Math.max(1, Math.min(threads, tasks.size()));
        int inside = Math.max(1, threads / together);
        try (ExecutorService pool = Executors.newFixedThreadPool(
                together, Thread.ofPlatform().name("run-", 1).daemon(true).factory())) {
            List<Future<Optional<RunOutcome>>> futures = new ArrayList<>();
            for (Task task : tasks) {
                boolean first = futures.isEmpty();
                futures.add(pool.submit(() -> {
                    if (!first) {
                        boolean _ = moving.await(HEAD_START_SECONDS, TimeUnit.SECONDS);
                    }
                    try (Workers workers = inside == 1 ? Workers.single() : Workers.of(inside)) {
                        return task.run(workers);
                    } finally {
                        moving.countDown();
                    }
                }));
            }
            return futures.stream().map(StudyRunner::outcome).toList();
        }
    }

    private static <T> T outcome(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a run ended without an outcome", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runs were under way", interrupted);
        }
    }

    private Optional<RunOutcome> begin(String study, RunIdentity run, List<String> classes, Workers workers) {
        if (stopRequested) {
            return Optional.of(
                    new RunOutcome(run, run.id(), Optional.empty(), new LinkedHashMap<>(), false, Optional.empty()));
        }
        Map<String, String> known = RunSet.provenance(
                RecordedClasses.add(withData(run), classes), StudyCheck.digests(run.spec(), run.seed(), datasets));
        if (writers == Writers.ONE) {
            return Optional.of(attempt(run, () -> book.begin(study, run, known), workers));
        }
        try {
            RunStart start = book.attempt(study, run, known);
            return start instanceof RunStart.Busy ? Optional.empty() : Optional.of(attempt(run, () -> start, workers));
        } catch (RuntimeException failed) {
            return Optional.of(failure(run, run.id(), failed));
        }
    }

    /** What the run is made with, and what became of what was found in its data files. */
    private Map<String, String> withData(RunIdentity run) {
        DataSpec spec = run.spec().data();
        if (spec.source().generated()) {
            return provenance;
        }
        Dataset data = datasets.load(spec, run.seed());
        Map<String, String> all = new LinkedHashMap<>(provenance);
        for (Ledger.Entry entry : data.ledger().entries()) {
            String first = "data";
            for (int i = 2; all.containsKey(first); i++) {
                first = "data " + i;
            }
            all.put(first, entry.lines().stream().map(String::strip).collect(Collectors.joining("; ")));
        }
        return all;
    }

    private RunOutcome attempt(RunIdentity run, Supplier<RunStart> start, Workers workers) {
        try {
            return go(run, start.get(), workers);
        } catch (RuntimeException failed) {
            return failure(run, run.id(), failed);
        }
    }

    private RunOutcome go(RunIdentity run, RunStart start, Workers workers) {
        return switch (start) {
            case RunStart.Finished(BookedRun recorded, RunEnd end) ->
                new RunOutcome(run, recorded.key(), Optional.of(end), last(recorded), true, Optional.empty());
            case RunStart.Fresh(RunWriter writer, List<String> notes) ->
                train(run, writer, Optional.empty(), notes, workers);
            case RunStart.Busy(UserError how) -> failure(run, run.id(), how);
            case RunStart.Resumed(ResumePoint point, RunWriter writer) ->
                train(run, writer, Optional.of(point), point.notes(), workers);
        };
    }

    /** The last number of every series that the lab book holds. */
    private SequencedMap<String, Double> last(BookedRun run) {
        SequencedMap<String, Double> last = new LinkedHashMap<>();
        book.stream(run, measurement -> {
            if (measurement.values().size() == 1) {
                last.put(measurement.series(), measurement.value());
            }
        });
        return last;
    }

    private RunOutcome train(
            RunIdentity run, RunWriter writer, Optional<ResumePoint> point, List<String> notes, Workers workers) {
        String key = writer.run().key();
        try (writer) {
            Dataset data =
                    datasets.load(run.spec().data(), run.seed(), run.spec().precision());
            Trainer trainer = new Trainer(
                    run.spec(),
                    run.seed(),
                    data,
                    Instruments.named(run.spec().measure().instruments()),
                    workers);
            if (new RunStates(book, writer.run().study(), datasets)
                    .begin(run, Optional.of(writer.run()), trainer, workers)) {
                // What the run starts from may be deleted: its own folder has all that it takes to go on.
                writer.checkpoint(0, trainer.state(), Map.of());
            }
            SequencedMap<String, Double> before = new LinkedHashMap<>();
            if (point.isPresent() && point.get().checkpoint().isPresent()) {
                trainer.resume(point.get().step(), point.get().cursor(), point.get()::restore);
                before = last(writer.run());
            }
            listener.started(run, trainer.step(), trainer.totalSteps());
            notes.forEach(note -> listener.noted(run, note));
            RunReporter reporter = new RunReporter(run, writer, listener, before, this::steppedOn, () -> stopRequested);
            RunEnd end = trainer.run(reporter, reporter);
            book.requireSameBits(writer.run(), end);
            return new RunOutcome(run, key, Optional.of(end), reporter.last(), false, Optional.empty());
        } catch (RuntimeException failed) {
            return failure(run, key, failed);
        } catch (OutOfMemoryError full) {
            return failure(
                    run,
                    key,
                    new UserError(
                            "run " + key
                                    + " does not fit into memory; use a smaller data.batchSize, fewer --threads or a"
                                    + " larger heap (-Xmx)",
                            full));
        }
    }

    private void steppedOn() {
        if (moving.getCount() > 0 && !Instant.now().isBefore(warm)) {
            moving.countDown();
        }
    }

    private RunOutcome failure(RunIdentity run, String key, RuntimeException failed) {
        listener.failed(run, failed);
        return new RunOutcome(run, key, Optional.empty(), new LinkedHashMap<>(), false, Optional.of(failed));
    }
}
