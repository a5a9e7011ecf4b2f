package io.orrery.bench;

import java.util.function.Supplier;

/**
 * A kernel and the share of a machine's limit that it reaches, so that what is expected holds on fast and slow machines.
 *
 * @param name for the table
 * @param limit that its speed is compared with
 * @param amount of one repetition: floating-point operations in units of 1e9 for the peak, bytes in units of 1e9 for the
 *     bandwidth
 * @param expected share of the limit, as recorded on a machine with 512-bit vectors
 * @param work made when it is needed
 */
record Guard(String name, Limit limit, double amount, double expected, Supplier<RepeatableWork> work) {
    /** What is left of the expected share at which a kernel counts as fallen. */
    static final double TOLERATED = 0.6;

    /** What bounds a kernel's speed. */
    enum Limit {
        /** Multiply-adds of one core. Elementwise functions count one operation for each element. */
        PEAK,
        /** Copying of one core. */
        BANDWIDTH
    }

    /** The share at a time of one repetition. */
    double share(double seconds, Bench bench) {
        return amount / seconds / (limit == Limit.PEAK ? bench.peak() : bench.bandwidth());
    }

    /** Whether a share is too small. */
    boolean falls(double share) {
        return !(share >= TOLERATED * expected);
    }
}
