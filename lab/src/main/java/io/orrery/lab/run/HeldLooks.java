package io.orrery.lab.run;

import io.orrery.engine.state.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at the first steps, which wait with a copy of what they will see. Kernels and decompositions are run by the
 * interpreter until they are compiled, up to a hundred times as slowly: a look takes so many examples through them that it
 * costs seconds there, which the same looks after a few dozen updates do not. Nothing measured depends on when it is shown.
 */
final class HeldLooks {
    /** From this step on looks are shown at once. */
    private static final long STEPS = 128;

    /** Where updates are slow, people should not wait for the first accuracy. */
    private static final long NANOS = 2_000_000_000;

    /** What the copies may take. */
    private static final long BYTES = 64 << 20;

    private final Deque<Held> held = new ArrayDeque<>();
    /** When the first update, which meets nothing compiled, was done. */
    private OptionalLong moving = OptionalLong.empty();

    private long bytes;

    /** A look and the state that it will see. */
    record Held(TimedLooks.Occasion occasion, State state) {}

    /** Whether a look at the present state may wait, and those that wait may do so longer. */
    boolean mayWait(Trainer trainer) {
        if (trainer.step() == 0) {
            return true;
        }
        long now = System.nanoTime();
        moving = OptionalLong.of(moving.orElse(now));
        return trainer.step() < STEPS && now - moving.getAsLong() < NANOS && bytes < BYTES;
    }

    /** Keeps a look at the present state for later. */
    void add(TimedLooks.Occasion occasion, Trainer trainer) {
        State state = trainer.snapshot();
        bytes += (long) state.layout().length() * state.layout().precision().bytes();
        held.add(new Held(occasion, state));
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** The look that has waited longest, which waits no longer. */
    Optional<Held> next() {
        return Optional.ofNullable(held.poll());
    }
}
