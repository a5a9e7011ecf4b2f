package io.orrery.lab.run;

import io.orrery.engine.state.State;
import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what a trainer records. */
public final class TestRecorder implements RunRecorder {
    /** One checkpoint and how many measurements were recorded before it. */
    public record Kept(long step, State state, Map<String, String> cursor, int measurements) {
        /** Puts the kept arrays into another state. */
        public void restore(State target) {
            state.layout().names().forEach(name -> target.write(name, state.read(name)));
        }
    }

    public final List<Measurement> measurements = new ArrayList<>();
    public final List<Kept> checkpoints = new ArrayList<>();
    public final List<RunEnd> ends = new ArrayList<>();

    @Override
    public void measured(List<Measurement> read) {
        measurements.addAll(read);
    }

    @Override
    public void checkpoint(long step, State state, Map<String, String> cursor) {
        checkpoints.add(new Kept(step, state.copy(), Map.copyOf(cursor), measurements.size()));
    }

    @Override
    public void ended(RunEnd end) {
        ends.add(end);
    }
}
