package io.orrery.engine.plan;

import io.orrery.engine.graph.Precision;

/** Which calls are worth dividing: handing out work and waiting for it costs about a microsecond. */
public final class Work {
    /** Floating-point operations above which a call is worth dividing. */
    public static final long LARGE_FLOPS = 200_000;

    private static final long LARGE_BYTES = 256 * 1024;

    private Work() {}

    /** Whether a call is worth dividing, by its operations or by the bytes that it moves. */
    public static boolean isLarge(Call call, Precision precision) {
        return call.flops() > LARGE_FLOPS || Accesses.elements(call) * precision.bytes() > LARGE_BYTES;
    }
}
