package io.orrery.app.command.common;

import io.orrery.engine.kernel.VectorWidth;

/** One line on standard error, before anything is trained, where kernels run without vectors. */
public final class VectorWarning {
    private VectorWarning() {}

    /** Warns on standard error where this Java computes without vectors. */
    public static void print() {
        VectorWidth.whyNone()
                .ifPresent(why -> System.err.println(
                        "orrery: no vectors: " + why + "; kernels are plain loops, slower, with the same results"));
    }
}
