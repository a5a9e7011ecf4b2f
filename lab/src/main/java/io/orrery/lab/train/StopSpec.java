package io.orrery.lab.train;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.OneOf;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** When a run ends: at the first rule that applies. One of steps and epochs is needed. */
public record StopSpec(
        @OneOf("length") @About("optimizer steps") OptionalLong steps,

        @OneOf("length") @About("passes over the training set; default only if steps is not given")
        OptionalInt epochs,

        @About("stop when train.loss of a look falls to this")
        OptionalDouble loss,

        @About("stop after this many seconds of training; where a run then ends depends on the machine")
        OptionalDouble seconds) {
    /** 20 epochs. */
    public static StopSpec defaults() {
        return new StopSpec(OptionalLong.empty(), OptionalInt.of(20), OptionalDouble.empty(), OptionalDouble.empty());
    }
}
