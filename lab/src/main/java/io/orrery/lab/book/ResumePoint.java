package io.orrery.lab.book;

import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.setup.RunIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run goes on.
 *
 * @param run the run with its resolved spec and seed
 * @param checkpoint the newest sound checkpoint; empty to begin at step 0
 * @param notes for people: what was damaged and passed over
 */
public record ResumePoint(RunIdentity run, Optional<Checkpoint> checkpoint, List<String> notes) {
    /** Updates done before it; 0 without a checkpoint. */
    public long step() {
        return checkpoint.map(Checkpoint::step).orElse(0L);
    }

    /** What the trainer kept beside the state; empty without a checkpoint. */
    public Map<String, String> cursor() {
        return checkpoint.map(Checkpoint::cursor).orElse(Map.of());
    }

    /**
     * Puts the checkpoint's arrays into a state, bit for bit; nothing without a checkpoint.
     *
     * @throws UserError if the state has other arrays
     */
    public void restore(State state) {
        checkpoint.ifPresent(point -> point.restore(state));
    }

    /**
     * Refuses to go on with data that are not those of the run.
     *
     * @param now the run as the spec and the files of today name it
     * @throws UserError if its id is another
     */
    public void requireSame(RunIdentity now) {
        if (!now.ids().contains(run.id())) {
            throw new UserError(
                    "the run " + run.id() + " cannot go on: its files have changed since it began (they now "
                            + "make it run " + now.id() + "); put the old ones back, or run it anew");
        }
    }
}
