package io.orrery.engine.kernel;

/** How outputs are divided among the threads that work on one kernel. */
final class Part {
    private Part() {}

    /** The first of {@code total} outputs that belongs to {@code part}; that of part + 1 is where it ends. */
    static int start(int total, int part, int parts) {
        return (int) ((long) total * part / parts);
    }
}
