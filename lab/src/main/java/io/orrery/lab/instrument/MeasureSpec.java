package io.orrery.lab.instrument;

import io.orrery.lab.spec.About;
import java.util.List;
import java.util.OptionalLong;

/** What is measured, when, and when checkpoints are written. Not part of the trajectory, so not of the run id. */
public record MeasureSpec(
        @About("instruments by name; default: the usual ones, all: also those that cost more or serve one question")
        List<String> instruments,

        @About("log-spaced looks per factor of ten in steps, after steps 0 and 1")
        int perDecade,

        @About("also look every so many steps") OptionalLong every,
        @About("also look at these steps, in full") List<Long> at,

        @About(
                "which looks are full, with every instrument and nothing left out for its cost: tenth (the first, the last, those of at, and every tenth as far as the length of the run allows) or all")
        Thorough thorough,

        @About(
                "examples per split on which loss and accuracy are taken at looks that are not full; the probe set where that is too dear for the length of the run, at the first look too; the last look takes them on all examples")
        int sample,

        @About("write a checkpoint every so many steps; default: about ten in a run")
        OptionalLong checkpointEvery) {
    /** Which looks are full. */
    public enum Thorough {
        TENTH,
        ALL
    }

    /** The default instruments, ten looks per decade. */
    public static MeasureSpec defaults() {
        return new MeasureSpec(
                List.of("default"), 10, OptionalLong.empty(), List.of(), Thorough.TENTH, 5000, OptionalLong.empty());
    }
}
