package io.orrery.lab.run;

import io.orrery.engine.state.State;
import io.orrery.lab.observe.Measurement;
import java.util.List;
import java.util.Map;

/** Where a trainer puts what it learns. The lab book is one; a test's list is another. */
public interface RunRecorder {
    /** Measurements of one look, in order. */
    void measured(List<Measurement> measurements);

    /**
     * A point from which the run can resume to the same bits.
     *
     * @param cursor what besides the state a resumed run needs, such as the look count: names to text
     */
    void checkpoint(long step, State state, Map<String, String> cursor);

    /** The run came to its end. */
    void ended(RunEnd end);
}
