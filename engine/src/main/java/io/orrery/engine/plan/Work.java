package io.orrery.engine.plan;

import io.orrery.engine.graph.Precision;

/** Which calls are worth dividing: handing out work and waiting for it costs about a microsecond. */
final class Work {
    static final long LARGE_FLOPS = 200_000;
    private static final long LARGE_BYTES = 256 * 1024;

    private Work() {}

    static boolean isLarge(Call call, Precision precision) {
        return call.flops() > LARGE_FLOPS || Accesses.elements(call) * precision.bytes() > LARGE_BYTES;
    }
}
