package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.SharedArray;
import java.util.Arrays;

/**
 * Examples of one split.
 *
 * @param inputs [count, ...example shape] in the precision in which they were loaded
 * @param labels one per example: a class from 0, or bits (see {@link Dataset.Labels}); not to be changed
 */
public record Split(SharedArray inputs, int[] labels) {
    /** Refuses different numbers of inputs and labels. */
    public Split {
        if (inputs.shape().size(0) != labels.length) {
            throw new IllegalArgumentException(inputs.shape().size(0) + " inputs but " + labels.length + " labels");
        }
    }

    /** The same examples in another precision (this split itself if it has it already). */
    public Split in(Precision precision) {
        return inputs.precision() == precision ? this : new Split(inputs.in(precision), labels);
    }

    /** Memory of the inputs. */
    long bytes() {
        return (long) inputs.shape().count() * (inputs.precision() == Precision.SINGLE ? Float.BYTES : Double.BYTES);
    }

    /** Number of examples. */
    public int count() {
        return labels.length;
    }

    /** Examples per class. */
    public int[] countsPerClass(int classes) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        return counts;
    }
}
