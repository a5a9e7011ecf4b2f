package io.orrery.bench;

/** What one core moves between arrays that no cache holds. */
final class Bandwidth {
    private static final int FLOATS = 1 << 24;
    private static final int ROUNDS = 12;

    private Bandwidth() {}

    /** Best of several copies of 64 MB, in GB/s; each byte is read once and written once, and counts twice. */
    static double measure() {
        float[] from = new float[FLOATS];
        float[] to = new float[FLOATS];
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            from[round] = round;
            long start = System.nanoTime();
            System.arraycopy(from, 0, to, 0, FLOATS);
            best = Math.max(best, 2.0 * Float.BYTES * FLOATS / (System.nanoTime() - start));
        }
        return best;
    }
}
