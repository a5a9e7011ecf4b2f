package io.orrery.lab.model.layer;

import java.util.Optional;

/**
 * What theory may assume of a layer, its activation apart.
 *
 * @param inhomogeneous why the output is not positively homogeneous in the weights of this layer or of those before it; empty if it
 *     is
 * @param nonexpansive whether what it does beside its weights lengthens no difference of two inputs (1-Lipschitz in the Euclidean
 *     norm) in a chain of layers
 * @param peelable whether bounds may take its weights off layer by layer: its result is no maximum over several inputs
 * @param overlap at how many output positions one input pixel takes part at most; 1 without a window
 */
public record Traits(Optional<String> inhomogeneous, boolean nonexpansive, boolean peelable, int overlap) {
    /** Of layers that are linear in their input and take each pixel once. */
    public static final Traits PLAIN = new Traits(Optional.empty(), true, true, 1);

    /** Of a layer whose square windows overlap. */
    static Traits overlapping(int kernel, int stride) {
        int perAxis = (kernel + stride - 1) / stride;
        return new Traits(Optional.empty(), true, true, perAxis * perAxis);
    }
}
