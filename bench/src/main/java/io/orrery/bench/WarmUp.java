package io.orrery.bench;

/** Repeats work until it stops getting faster: until compiled code, caches and threads are as they will stay. */
final class WarmUp {
    private static final double SLICE_SECONDS = 0.1;
    private static final double LEAST_SECONDS = 1.2;
    private static final double MOST_SECONDS = 8;
    private static final int STEADY_SLICES = 6;
    private static final double FASTER = 0.98;

    private WarmUp() {}

    /** Microseconds of the fastest repetition, once six slices of a tenth of a second have not made it 2% faster. */
    static double untilSteady(RepeatableWork work) {
        long start = System.nanoTime();
        double best = Double.MAX_VALUE;
        int steady = 0;
        while (seconds(start) < LEAST_SECONDS || (steady < STEADY_SLICES && seconds(start) < MOST_SECONDS)) {
            double fastest = fastestOfSlice(work);
            steady = fastest < FASTER * best ? 0 : steady + 1;
            best = Math.min(best, fastest);
        }
        return best;
    }

    private static double fastestOfSlice(RepeatableWork work) {
        long start = System.nanoTime();
        double fastest = Double.MAX_VALUE;
        do {
            fastest = Math.min(fastest, Contest.micros(work, 1));
        } while (seconds(start) < SLICE_SECONDS);
        return fastest;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
