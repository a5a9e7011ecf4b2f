package io.orrery.lab.run;

import io.orrery.engine.state.Digest;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.run.HeldLooks.Held;
import io.orrery.lab.run.RunEnd.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;

/** From the present step to the end: updates, looks, checkpoints, stop rules, divergence. Used once. */
final class RunLoop {
    private static final String TRAINING = "training";
    private static final String LOOKS = "looks";
    private static final String LIMIT = "loss.limit";
    private static final String ACCURACY = "accuracy";
    private static final String ACCURACY_STEP = "accuracy.step";
    private static final String SECONDS = "seconds.";
    private static final String ENDED = "ended";
    /** A batch loss this many times the first one (or 1, if that is more) counts as divergence. */
    private static final double EXPLOSION = 1e4;

    private static final int CHECKPOINTS = 10;

    /** Runs of less than this between checkpoints do without, unless their spec asks: each waits for the disk. */
    private static final long CHECKPOINT_NANOS = 1_000_000_000;

    /** Clock, monitor and stop rules are asked once in so many steps: tiny networks take a microsecond or two per step. */
    private static final int STRIDE = 16;

    /** Steps longer than this are followed by a question each. */
    private static final long LONG_NANOS = 5_000_000;

    private static final long PROGRESS_NANOS = 100_000_000;

    private final Trainer trainer;
    private final LookSchedule looks;
    private final LookBudget budget;
    /** What looks were predicted to cost, and what they left out. */
    private final List<String> looksTaken;

    private final RunRecorder recorder;
    private final RunMonitor monitor;
    private final long checkpointEvery;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final HeldLooks held = new HeldLooks();
    /** Why the run had come to its end, if the process ended between the last checkpoint and the record of the end. */
    private final Optional<String> ended;

    private double limit;
    private double loss = Double.NaN;
    private double accuracy;
    private OptionalLong accuracyStep = OptionalLong.empty();
    private long lastProgress = System.nanoTime();
    private long lastCheckpoint = -1;
    private long lastCheckpointTime = System.nanoTime();
    /** Steps until the next question; 1 until a step is known to be short. */
    private int stride = 1;
    /** Steps since the last question, looks in between or not. */
    private int unasked;

    RunLoop(Trainer trainer, LookSchedule looks, Map<String, String> cursor, RunRecorder recorder, RunMonitor monitor) {
        this.trainer = trainer;
        this.looks = looks;
        this.budget = trainer.budget(looks);
        this.looksTaken = budget.costs().sentences();
        this.recorder = recorder;
        this.monitor = monitor;
        this.checkpointEvery = trainer.spec()
                .measure()
                .checkpointEvery()
                .orElse(Math.max(1, (trainer.totalSteps() + CHECKPOINTS - 1) / CHECKPOINTS));
        looks.skip(Integer.parseInt(cursor.getOrDefault(LOOKS, "0")));
        limit = Double.parseDouble(cursor.getOrDefault(LIMIT, "NaN"));
        accuracy = Double.parseDouble(cursor.getOrDefault(ACCURACY, "NaN"));
        accuracyStep = Optional.ofNullable(cursor.get(ACCURACY_STEP)).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
        ended = Optional.ofNullable(cursor.get(ENDED));
        cursor.forEach((key, value) -> {
            if (key.startsWith(SECONDS)) {
                seconds.put(key.substring(SECONDS.length()), Double.parseDouble(value));
            }
        });
        seconds.putIfAbsent(TRAINING, 0.0);
        if (!cursor.isEmpty()) {
            lastCheckpoint = trainer.step();
        }
    }

    RunEnd run() {
        if (ended.isPresent()) {
            return finish(Status.DONE, ended.get());
        }
        return goOn();
    }

    private RunEnd goOn() {
        while (true) {
            if (trainer.step() == looks.next()) {
                boolean last = trainer.step() == trainer.totalSteps();
                boolean reached = lossReached();
                if (!lookOrHold(last || reached)) {
                    return diverged(Double.NaN);
                }
                if (reached && !last) {
                    return end(
                            Status.DONE,
                            "train.loss fell to stop.loss = "
                                    + trainer.spec().stop().loss().orElse(0));
                }
            }
            if (trainer.step() == trainer.totalSteps()) {
                return end(Status.DONE, "all " + trainer.totalSteps() + " steps done");
            }
            if (!held.mayWait(trainer) || checkpointDue() || trainer.betweenTasks()) {
                showHeld();
            }
            if (checkpointDue()) {
                checkpoint(cursor());
            }
            if (trainer.betweenTasks()) {
                trainer.beginNextTask();
            }
            long nextCheckpoint = (trainer.step() / checkpointEvery + 1) * checkpointEvery;
            long until = Math.min(Math.min(looks.next(), nextCheckpoint), trainer.taskEnd());
            boolean first = trainer.step() == 0;
            if (!held.isEmpty()) {
                until = Math.min(until, trainer.step() + (first ? 1 : STRIDE));
            }
            Optional<RunEnd> end = ending(advance(until));
            if (end.isPresent()) {
                return end.get();
            }
            if (first) {
                // A person sees at once that the run moves.
                monitor.progress(progress());
            }
        }
    }

    /** The end of the run, if updates stopped because of it. */
    private Optional<RunEnd> ending(Outcome outcome) {
        return switch (outcome) {
            case REACHED -> Optional.empty();
            case DIVERGED -> Optional.of(diverged(loss));
            case STOPPED ->
                Optional.of(end(
                        Status.INTERRUPTED,
                        "stopped at step " + trainer.step() + " of " + trainer.totalSteps() + ", resumable"));
            case OUT_OF_TIME ->
                Optional.of(
                        look(true)
                                ? end(Status.DONE, "stop.seconds ran out at step " + trainer.step())
                                : diverged(Double.NaN));
        };
    }

    private enum Outcome {
        REACHED,
        DIVERGED,
        STOPPED,
        OUT_OF_TIME
    }

    private Outcome advance(long until) {
        double allowed = trainer.spec().stop().seconds().orElse(Double.POSITIVE_INFINITY);
        long start = System.nanoTime();
        double before = seconds.getOrDefault(TRAINING, 0.0);
        Outcome outcome = Outcome.REACHED;
        long asked = start;
        long timed = 0;
        while (trainer.step() < until && outcome == Outcome.REACHED) {
            loss = trainer.advance();
            if (!(loss <= limit)) {
                if (Double.isNaN(limit) && Double.isFinite(loss)) {
                    limit = EXPLOSION * Math.max(1, loss);
                } else {
                    outcome = Outcome.DIVERGED;
                }
            }
            timed++;
            unasked++;
            if (unasked >= stride && outcome == Outcome.REACHED) {
                long now = System.nanoTime();
                stride = now - asked > LONG_NANOS * timed ? 1 : STRIDE;
                asked = now;
                timed = 0;
                unasked = 0;
                report(now);
                if (monitor.stopRequested()) {
                    outcome = Outcome.STOPPED;
                } else if (before + (now - start) * 1e-9 > allowed) {
                    outcome = Outcome.OUT_OF_TIME;
                }
            }
        }
        seconds.merge(TRAINING, (System.nanoTime() - start) * 1e-9, Double::sum);
        return outcome;
    }

    private Progress progress() {
        return new Progress(trainer.step(), trainer.totalSteps(), loss, accuracy, accuracyStep);
    }

    private void report(long now) {
        if (now - lastProgress >= PROGRESS_NANOS) {
            monitor.progress(progress());
            lastProgress = now;
        }
    }

    /** Lets the instruments look now or, at one of the first steps, later; false if there is nothing to see. */
    private boolean lookOrHold(boolean last) {
        boolean waits =
                !last && held.mayWait(trainer) && trainer.spec().stop().loss().isEmpty();
        if (!waits) {
            return look(last);
        }
        if (!finite()) {
            return false;
        }
        TimedLooks.Occasion occasion = occasion(false);
        if (timedLooks().isDue(occasion)) {
            held.add(occasion, trainer);
        }
        looks.done();
        return true;
    }

    /** Lets the instruments look; false if the parameters are no longer finite, so that there is nothing to see. */
    private boolean look(boolean last) {
        if (!finite()) {
            return false;
        }
        showHeld();
        show(occasion(last));
        if (trainer.step() == looks.next()) {
            looks.done();
        }
        return true;
    }

    /** What shows the present task. */
    private TimedLooks timedLooks() {
        return new TimedLooks(trainer.observer(), trainer.instruments(), budget);
    }

    private TimedLooks.Occasion occasion(boolean last) {
        return new TimedLooks.Occasion(trainer.step(), looks.passed(), last);
    }

    /** Shows what waited, in the order of steps. */
    private void showHeld() {
        for (Optional<Held> next = held.next(); next.isPresent(); next = held.next()) {
            Held look = next.get();
            trainer.seeing(look.state(), () -> show(look.occasion()));
        }
    }

    private void show(TimedLooks.Occasion occasion) {
        List<Measurement> measurements = timedLooks().look(occasion, trainer.learningRate(), seconds);
        measurements.stream()
                .filter(measurement -> measurement.quantity().equals(ACCURACY)
                        && measurement.split().equals(SplitName.TRAIN.text()))
                .findFirst()
                .ifPresent(measurement -> {
                    accuracy = measurement.value();
                    accuracyStep = OptionalLong.of(measurement.step());
                });
        recorder.measured(measurements);
        lastProgress = System.nanoTime();
        monitor.progress(progress());
    }

    private boolean lossReached() {
        var wanted = trainer.spec().stop().loss();
        return wanted.isPresent()
                && finite()
                && trainer.observer()
                                .evaluate(SplitName.TRAIN, false)
                                .map(Evaluation::loss)
                                .orElse(Double.POSITIVE_INFINITY)
                        <= wanted.getAsDouble();
    }

    private boolean finite() {
        State state = trainer.state();
        return trainer.changing().stream()
                .flatMap(network -> network.parameters().stream())
                .flatMapToDouble(parameter -> DoubleStream.of(state.read(parameter.name())))
                .allMatch(Double::isFinite);
    }

    private Map<String, String> cursor() {
        Map<String, String> cursor = new LinkedHashMap<>();
        cursor.put(LOOKS, Integer.toString(looks.passed()));
        cursor.put(LIMIT, Double.toHexString(limit));
        cursor.put(ACCURACY, Double.toHexString(accuracy));
        accuracyStep.ifPresent(step -> cursor.put(ACCURACY_STEP, Long.toString(step)));
        seconds.forEach((purpose, spent) -> cursor.put(SECONDS + purpose, Double.toString(spent)));
        return cursor;
    }

    /** Which checkpoints there are may depend on the clock: no number does, wherever a run goes on. */
    private boolean checkpointDue() {
        return trainer.step() > 0
                && trainer.step() % checkpointEvery == 0
                && trainer.step() != lastCheckpoint
                && (trainer.spec().measure().checkpointEvery().isPresent()
                        || System.nanoTime() - lastCheckpointTime >= CHECKPOINT_NANOS);
    }

    private void checkpoint(Map<String, String> cursor) {
        recorder.checkpoint(trainer.step(), trainer.state(), cursor);
        lastCheckpoint = trainer.step();
        lastCheckpointTime = System.nanoTime();
    }

    private RunEnd diverged(double batchLoss) {
        showHeld();
        String seen = Double.isNaN(batchLoss)
                ? "the loss or a parameter is no longer a finite number"
                : "the loss of the batch was " + String.format(Locale.ROOT, "%.3g", batchLoss);
        recorder.measured(List.of(
                Measurement.of(trainer.step(), TRAINING, "diverged-loss", "", SplitName.TRAIN.text(), batchLoss)));
        return finish(
                Status.DIVERGED,
                "diverged at step " + trainer.step() + ": " + seen + "; try a smaller optimizer.learningRate");
    }

    private RunEnd end(Status status, String message) {
        showHeld();
        if (trainer.step() != lastCheckpoint) {
            Map<String, String> cursor = cursor();
            if (status == Status.DONE) {
                // A stop rule may have ended the run early: resumed from here, it must not go on.
                cursor.put(ENDED, message);
            }
            checkpoint(cursor);
        }
        return finish(status, message);
    }

    private RunEnd finish(Status status, String message) {
        State state = trainer.state();
        List<String> parameters =
                trainer.network().parameters().stream().map(Parameter::name).toList();
        RunEnd end = new RunEnd(
                status,
                trainer.step(),
                Digest.of(state, parameters),
                Digest.of(state),
                message,
                Map.copyOf(seconds),
                looksTaken);
        recorder.ended(end);
        return end;
    }
}
