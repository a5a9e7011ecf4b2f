package io.orrery.bench;

/** A piece of work that can be repeated; closing frees what it holds. */
public interface RepeatableWork extends AutoCloseable {
    /** Does it once. */
    void run();

    /** Does it several times; one request where the work is done by another process. */
    default void run(int times) {
        for (int i = 0; i < times; i++) {
            run();
        }
    }

    @Override
    default void close() {}
}
