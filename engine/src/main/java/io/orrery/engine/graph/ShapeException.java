package io.orrery.engine.graph;

/** Thrown while a graph is built when operands do not fit; the message names the operation and the shapes. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for people. */
    public ShapeException(String message) {
        super(message);
    }
}
