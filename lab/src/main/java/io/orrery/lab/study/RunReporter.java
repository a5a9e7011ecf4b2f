package io.orrery.lab.study;

import io.orrery.engine.state.State;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.RunRecorder;
import io.orrery.lab.setup.RunIdentity;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/** Hands what a trainer says to the lab book first and then to the listener of the study. */
final class RunReporter implements RunRecorder, RunMonitor {
    private final RunIdentity run;
    private final RunRecorder book;
    private final StudyListener listener;
    private final SequencedMap<String, Double> last;
    private final Runnable moving;
    private final BooleanSupplier stop;

    RunReporter(
            RunIdentity run,
            RunRecorder book,
            StudyListener listener,
            SequencedMap<String, Double> last,
            Runnable moving,
            BooleanSupplier stop) {
        this.run = run;
        this.book = book;
        this.listener = listener;
        this.last = last;
        this.moving = moving;
        this.stop = stop;
    }

    SequencedMap<String, Double> last() {
        return last;
    }

    @Override
    public void measured(List<Measurement> measurements) {
        book.measured(measurements);
        last.putAll(RunOutcome.last(measurements));
        listener.measured(run, measurements);
    }

    @Override
    public void checkpoint(long step, State state, Map<String, String> cursor) {
        book.checkpoint(step, state, cursor);
    }

    @Override
    public void ended(RunEnd end) {
        book.ended(end);
        listener.ended(run, end);
    }

    @Override
    public void progress(Progress progress) {
        moving.run();
        listener.progress(run, progress);
    }

    @Override
    public boolean stopRequested() {
        return stop.getAsBoolean();
    }
}
