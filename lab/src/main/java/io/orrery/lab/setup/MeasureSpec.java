package io.orrery.lab.setup;

import io.orrery.lab.spec.About;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is measured, when, and when checkpoints are written. Not part of the trajectory, so not of the run id. What a spec says
 * here is done whatever it costs; what it leaves open is fitted to the length of the run.
 */
public record MeasureSpec(
        @About("instruments by name; default: the usual ones, all: also those that cost more or serve one question")
        List<String> instruments,

        @About(
                "log-spaced looks per factor of ten in steps, after steps 0 and 1, each with every reading of every instrument; default: 10, not all of them with every reading")
        OptionalInt perDecade,

        @About("also look every so many steps, with every reading of every instrument")
        OptionalLong every,

        @About("also look at these steps, with every reading, loss and accuracy on all examples")
        List<Long> at,

        @About(
                "which looks read what is costly too, such as singular values of large matrices: affordable (the first, the last, those that perDecade, every and at ask for, and others as far as the length of the run allows), tenth (the first, the last, those of at, and every tenth) or all (all of them, loss and accuracy on all examples)")
        Thorough thorough,

        @About(
                "examples per split on which loss and accuracy are taken between the first and the last look; default: 5000, or the probe set where that is too dear for the length of the run; the last look takes them on all examples. stop.loss always reads that many, 5000 by default")
        OptionalInt sample,

        @About("write a checkpoint every so many steps; default: about ten in a run")
        OptionalLong checkpointEvery) {
    private static final int PER_DECADE = 10;
    private static final int SAMPLE = 5000;

    /** Which looks read what is costly. */
    public enum Thorough {
        AFFORDABLE,
        TENTH,
        ALL
    }

    /** The default instruments, ten looks per decade. */
    public static MeasureSpec defaults() {
        return new MeasureSpec(
                List.of("default"),
                OptionalInt.empty(),
                OptionalLong.empty(),
                List.of(),
                Thorough.AFFORDABLE,
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    /** Looks per factor of ten in steps, asked for or not. */
    public int looksPerDecade() {
        return perDecade.orElse(PER_DECADE);
    }

    /** Examples per split of a sample, asked for or not. */
    public int sampleSize() {
        return sample.orElse(SAMPLE);
    }
}
