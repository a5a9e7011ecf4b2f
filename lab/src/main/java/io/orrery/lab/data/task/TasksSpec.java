package io.orrery.lab.data.task;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Inline;
import java.util.List;

/**
 * What a run trains one after the other, and what happens between two tasks.
 *
 * @param sequence the tasks; {@code stop.steps} and {@code stop.epochs} count for each
 * @param reset what begins anew with each task after the first
 * @param frozen layers that are trained by the first task alone
 */
public record TasksSpec(
        @Inline TaskSequence sequence,

        @About(
                "what begins anew with each task after the first: names of layers (drawn again), optimizer (its memory and the rule's), or all")
        List<String> reset,

        @About("layers that the first task trains and the others do not")
        List<String> frozen) {
    /** Under which all of the state is reset. */
    public static final String ALL = "all";

    /** Under which what steps remember is reset. */
    public static final String OPTIMIZER = "optimizer";

    /** The data themselves, once. */
    public static TasksSpec defaults() {
        return new TasksSpec(SingleTask.defaults(), List.of(), List.of());
    }
}
