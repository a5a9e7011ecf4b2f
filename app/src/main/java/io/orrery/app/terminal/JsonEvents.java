package io.orrery.app.terminal;

import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.text.Json;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Events as JSON, one object per line. The first is {@code started} with the schema's number; within a schema keys are only
 * added. Progress comes at most once a second and run.
 */
public final class JsonEvents implements StudyListener {
    /** Number of the schema of all events. */
    public static final int SCHEMA = 1;

    private static final long PROGRESS_NANOS = 1_000_000_000L;

    private final PrintStream out;
    private final Map<String, Long> lastProgress = new HashMap<>();

    /** Events on a stream, which nothing else may write to. */
    public JsonEvents(PrintStream out) {
        this.out = out;
    }

    /** A new event, to be filled and given to {@link #emit}. */
    public static Json.Fields event(String name) {
        return Json.object().put("event", name);
    }

    /** Writes one line. */
    public synchronized void emit(Json.Fields event) {
        out.println(event.write());
        out.flush();
    }

    @Override
    public FilesRead.Progress reading() {
        return new ReadingProgress();
    }

    @Override
    public void started(RunIdentity run, long step, long totalSteps) {
        emit(of("run-started", run)
                .put("setting", Json.texts(run.setting()))
                .put("step", step)
                .put("steps", totalSteps));
    }

    @Override
    public synchronized void progress(RunIdentity run, Progress progress) {
        long now = System.nanoTime();
        Long last = lastProgress.get(run.id());
        if (last == null || now - last >= PROGRESS_NANOS) {
            lastProgress.put(run.id(), now);
            Json.Fields event = of("progress", run)
                    .put("step", progress.step())
                    .put("steps", progress.totalSteps())
                    // Of the latest batch.
                    .put("loss", progress.batchLoss());
            progress.accuracyStep()
                    .ifPresent(step -> event.put("accuracy", progress.accuracy())
                            .put("accuracySplit", SplitName.TRAIN.text())
                            .put("accuracyStep", step));
            emit(event);
        }
    }

    @Override
    public void measured(RunIdentity run, List<Measurement> measurements) {}

    @Override
    public void noted(RunIdentity run, String note) {
        emit(of("run-note", run).put("message", note));
    }

    @Override
    public void ended(RunIdentity run, RunEnd end) {
        emit(of("run-ended", run)
                .put("status", end.status().name().toLowerCase(Locale.ROOT))
                .put("steps", end.steps())
                .put("digest", end.digest())
                .put("message", end.message()));
    }

    @Override
    public void failed(RunIdentity run, RuntimeException failure) {
        emit(of("run-failed", run).put("message", String.valueOf(failure.getMessage())));
    }

    @Override
    public void computing(Evaluation evaluation) {
        emit(of("evaluation-started", evaluation));
    }

    @Override
    public void noted(Evaluation evaluation, String note) {
        emit(of("evaluation-note", evaluation).put("message", note));
    }

    @Override
    public void computed(Evaluation evaluation, double seconds) {
        emit(of("evaluation-ended", evaluation).put("seconds", seconds));
    }

    @Override
    public void failed(Evaluation evaluation, RuntimeException failure) {
        emit(of("evaluation-failed", evaluation).put("message", String.valueOf(failure.getMessage())));
    }

    private static Json.Fields of(String name, Evaluation evaluation) {
        return event(name)
                .put("evaluation", evaluation.id())
                .put("computation", evaluation.computation().name())
                .put("seed", evaluation.seed())
                .put("setting", Json.texts(evaluation.setting().texts()));
    }

    private static Json.Fields of(String name, RunIdentity run) {
        return event(name).put("run", run.id()).put("seed", run.seed());
    }
}
