package io.orrery.app.terminal;

import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.study.RunIdentity;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.text.Json;
import io.orrery.lab.train.RunEnd;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** One event with its keys in order. */
    public synchronized void event(String name, Map<String, ?> values) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.putAll(values);
        out.println(Json.write(event));
        out.flush();
    }

    @Override
    public void started(RunIdentity run, long step, long totalSteps) {
        event(
                "run-started",
                Map.of("run", run.id(), "seed", run.seed(), "setting", run.setting(), "step", step, "steps", totalSteps));
    }

    @Override
    public synchronized void progress(RunIdentity run, long step, long totalSteps, double loss, double accuracy) {
        long now = System.nanoTime();
        Long last = lastProgress.get(run.id());
        if (last != null && now - last < PROGRESS_NANOS) {
            return;
        }
        lastProgress.put(run.id(), now);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", run.id());
        values.put("seed", run.seed());
        values.put("step", step);
        values.put("steps", totalSteps);
        values.put("loss", loss);
        values.put("accuracy", accuracy);
        event("progress", values);
    }

    @Override
    public void measured(RunIdentity run, List<Measurement> measurements) {}

    @Override
    public void ended(RunIdentity run, RunEnd end) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", run.id());
        values.put("seed", run.seed());
        values.put("status", end.status().name().toLowerCase(Locale.ROOT));
        values.put("steps", end.steps());
        values.put("digest", end.digest());
        values.put("message", end.message());
        event("run-ended", values);
    }
}
