package io.orrery.engine.state;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;

/**
 * A read-only array that many executions share without copying it, such as the images of a data set. Nobody may change
 * the numbers after it was made.
 */
public final class SharedArray {
    private final Precision precision;
    private final Shape shape;
    private final float[] singles;
    private final double[] doubles;

    private SharedArray(Precision precision, Shape shape, float[] singles, double[] doubles) {
        this.precision = precision;
        this.shape = shape;
        this.singles = singles;
        this.doubles = doubles;
    }

    /** Single-precision numbers, row-major; the array is taken over, not copied. */
    public static SharedArray of(Shape shape, float[] values) {
        check(shape, values.length);
        return new SharedArray(Precision.SINGLE, shape, values, new double[0]);
    }

    /** Double-precision numbers, row-major; the array is taken over, not copied. */
    public static SharedArray of(Shape shape, double[] values) {
        check(shape, values.length);
        return new SharedArray(Precision.DOUBLE, shape, new float[0], values);
    }

    /** The same numbers in another precision (this array itself if it has it already). */
    public SharedArray in(Precision wanted) {
        if (wanted == precision) {
            return this;
        }
        if (wanted == Precision.SINGLE) {
            float[] rounded = new float[doubles.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) doubles[i];
            }
            return of(shape, rounded);
        }
        double[] widened = new double[singles.length];
        for (int i = 0; i < widened.length; i++) {
            widened[i] = singles[i];
        }
        return of(shape, widened);
    }

    /** The precision of the numbers. */
    public Precision precision() {
        return precision;
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /** One element, row-major. */
    public double get(int index) {
        return precision == Precision.SINGLE ? singles[index] : doubles[index];
    }

    /** Fills an array with the elements from an index on, row-major: many times as fast as one by one. */
    public void read(int from, double[] target) {
        if (precision() == Precision.DOUBLE) {
            System.arraycopy(doubles, from, target, 0, target.length);
            return;
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = singles[from + i];
        }
    }

    /** The numbers in single precision, empty in double; not to be changed. */
    public float[] singles() {
        return singles;
    }

    /** The numbers in double precision, empty in single; not to be changed. */
    public double[] doubles() {
        return doubles;
    }

    private static void check(Shape shape, int length) {
        if (shape.count() != length) {
            throw new IllegalArgumentException(
                    "shape " + shape + " needs " + shape.count() + " numbers, found " + length);
        }
    }
}
