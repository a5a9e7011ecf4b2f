package io.orrery.engine.state;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;

/**
 * The arrays of a run that outlive a plan, in one block of memory. Executions of plans read and write the block; only one
 * thread may run them at a time.
 */
public final class State {
    private final StateLayout layout;
    private final float[] singles;
    private final double[] doubles;

    /** A state of zeros. */
    public State(StateLayout layout) {
        this.layout = layout;
        this.singles = layout.precision() == Precision.SINGLE ? new float[layout.length()] : new float[0];
        this.doubles = layout.precision() == Precision.DOUBLE ? new double[layout.length()] : new double[0];
    }

    /** Names, shapes and places. */
    public StateLayout layout() {
        return layout;
    }

    /** The values of an array, row-major; singles widen exactly. */
    public double[] read(String name) {
        int offset = layout.offset(name);
        double[] values = new double[layout.shape(name).count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = layout.precision() == Precision.SINGLE ? singles[offset + i] : doubles[offset + i];
        }
        return values;
    }

    /** Overwrites an array, row-major; doubles are rounded to the state's precision. */
    public void write(String name, double[] values) {
        Shape shape = layout.shape(name);
        if (values.length != shape.count()) {
            throw new IllegalArgumentException(
                    "array '" + name + "' has shape " + shape + ", found " + values.length + " values");
        }
        int offset = layout.offset(name);
        for (int i = 0; i < values.length; i++) {
            if (layout.precision() == Precision.SINGLE) {
                singles[offset + i] = (float) values[i];
            } else {
                doubles[offset + i] = values[i];
            }
        }
    }

    /** An independent copy, bit for bit. */
    public State copy() {
        State copy = new State(layout);
        copy.become(this);
        return copy;
    }

    /** Takes over every bit of another state of the same layout. */
    public void become(State other) {
        if (!layout.equals(other.layout)) {
            throw new IllegalArgumentException("expected a state of the same arrays, found others");
        }
        System.arraycopy(other.singles, 0, singles, 0, singles.length);
        System.arraycopy(other.doubles, 0, doubles, 0, doubles.length);
    }

    /** The block itself in single precision, empty in double; for executions, not for callers. */
    public float[] singles() {
        return singles;
    }

    /** The block itself in double precision, empty in single; for executions, not for callers. */
    public double[] doubles() {
        return doubles;
    }
}
