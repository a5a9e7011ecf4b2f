package io.orrery.lab.observe.figure;

import java.util.List;

/** A figure of an instrument's readings, before there are any. */
public sealed interface FigureSpec permits Curves, VectorEntries, SquareMatrix, Histogram {
    /** What is shown. */
    String title();

    /** How to read it, one or two sentences; empty for none. How figures of its kind are drawn need not be said. */
    String caption();

    /** The instrument's quantities that are drawn in it. */
    List<String> quantities();
}
