package io.orrery.engine.graph;

/** The type of every real number of a graph, its state and its plans. */
public enum Precision {
    /** IEEE 754 binary32. */
    SINGLE(4),
    /** IEEE 754 binary64. */
    DOUBLE(8);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one number in bytes. */
    public int bytes() {
        return bytes;
    }
}
