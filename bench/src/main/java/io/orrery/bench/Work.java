package io.orrery.bench;

/** A piece of work that can be repeated; closing frees what it holds. */
public interface Work extends AutoCloseable {
    /** Does it once. */
    void run();

    @Override
    default void close() {}
}
