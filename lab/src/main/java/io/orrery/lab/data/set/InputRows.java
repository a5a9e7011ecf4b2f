package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;

/** The inputs of a split while they are read or drawn: each number is rounded once, to the precision wanted. */
public final class InputRows {
    private final Shape shape;
    private final float[] singles;
    private final double[] doubles;

    private InputRows(Shape shape, float[] singles, double[] doubles) {
        this.shape = shape;
        this.singles = singles;
        this.doubles = doubles;
    }

    /**
     * Zeros.
     *
     * @param example [features] or [channels, height, width]
     * @throws io.orrery.lab.UserError if they do not fit one array
     */
    public static InputRows of(int count, Shape example, Precision precision) {
        int length = Generated.elements(count, example.count());
        int[] sizes = new int[example.rank() + 1];
        sizes[0] = count;
        for (int axis = 0; axis < example.rank(); axis++) {
            sizes[axis + 1] = example.size(axis);
        }
        Shape shape = Shape.of(sizes);
        return precision == Precision.SINGLE
                ? new InputRows(shape, new float[length], new double[0])
                : new InputRows(shape, new float[0], new double[length]);
    }

    /** Puts a number at a place, row-major. Different places may be filled at the same time. */
    public void set(int index, double value) {
        if (singles.length > 0) {
            singles[index] = (float) value;
        } else {
            doubles[index] = value;
        }
    }

    /** All of them; nothing may be put any more. */
    public SharedArray array() {
        return singles.length > 0 ? SharedArray.of(shape, singles) : SharedArray.of(shape, doubles);
    }
}
