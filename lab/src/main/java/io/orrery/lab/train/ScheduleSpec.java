package io.orrery.lab.train;

import io.orrery.lab.spec.About;
import java.util.List;

/** The learning rate over time, as a factor on {@code optimizer.learningRate}. */
public record ScheduleSpec(
        @About("constant, step (multiply by factor at each milestone) or cosine (down to finalFactor at the last step)")
        Kind kind,

        @About("steps of linear warm-up before the schedule")
        int warmup,

        @About("fractions of the whole run at which a step schedule drops")
        List<Double> milestones,

        @About("factor at each milestone") double factor,
        @About("factor at the end of a cosine schedule") double finalFactor) {
    /** Which schedule. */
    public enum Kind {
        CONSTANT,
        STEP,
        COSINE
    }

    /** Constant, no warm-up. */
    public static ScheduleSpec defaults() {
        return new ScheduleSpec(Kind.CONSTANT, 0, List.of(0.5, 0.75), 0.1, 0);
    }
}
