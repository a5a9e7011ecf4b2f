package io.orrery.engine.graph;

/** What the elements of a node are. */
public enum ElementType {
    /** Real numbers in the graph's {@link Precision}. */
    REAL,
    /** 32-bit integers that select rows, classes or positions. */
    INDEX
}
