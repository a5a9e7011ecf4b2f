package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.SharedArray;
import java.util.Arrays;

/**
 * Examples of one split.
 *
 * @param inputs [count, ...example shape] in the precision in which they were loaded
 * @param targets one row per example; what they mean says the data set's {@link TargetKind}
 */
public record Split(SharedArray inputs, Targets targets) {
    /** Refuses different numbers of inputs and targets. */
    public Split {
        if (!targets.fits(inputs.shape().size(0))) {
            throw new IllegalArgumentException(
                    inputs.shape().size(0) + " inputs, and the targets are not as many: " + targets);
        }
    }

    /** Examples with one whole number each. */
    public Split(SharedArray inputs, int[] labels) {
        this(inputs, Targets.of(labels));
    }

    /** The same examples in another precision (this split itself if it has it already). */
    public Split in(Precision precision) {
        SharedArray otherInputs = inputs.precision() == precision ? inputs : inputs.in(precision);
        Targets otherTargets = targets.in(precision);
        return otherInputs == inputs && otherTargets == targets ? this : new Split(otherInputs, otherTargets);
    }

    /** The same targets with other inputs, as many. */
    public Split with(SharedArray otherInputs) {
        return new Split(otherInputs, targets);
    }

    /** Memory of inputs and targets. */
    public long bytes() {
        return (long) inputs.shape().count() * inputs.precision().bytes() + targets.bytes();
    }

    /** Number of examples. */
    public int count() {
        return inputs.shape().size(0);
    }

    /** One whole number per example, see {@link Targets#labels}. */
    public int[] labels() {
        return targets.labels();
    }

    /** Examples per class. */
    public int[] countsPerClass(int classes) {
        int[] counts = new int[classes];
        Arrays.stream(labels()).forEach(label -> counts[label]++);
        return counts;
    }
}
