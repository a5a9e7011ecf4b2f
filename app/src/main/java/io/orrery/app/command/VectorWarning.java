package io.orrery.app.command;

import io.orrery.engine.kernel.VectorWidth;

/** One line on standard error, before anything is trained, where kernels run without vectors. */
final class VectorWarning {
    private VectorWarning() {}

    static void print() {
        VectorWidth.whyNone()
                .ifPresent(why -> System.err.println(
                        "orrery: no vectors: " + why + "; kernels are plain loops, slower, with the same results"));
    }
}
