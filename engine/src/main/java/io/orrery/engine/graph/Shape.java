package io.orrery.engine.graph;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of an array along its axes, row-major (the last axis is contiguous). The shape of a scalar has no axes.
 */
public final class Shape {
    /** The shape of a single number. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] sizes;
    private final int count;

    private Shape(int[] sizes) {
        long product = 1;
        for (int size : sizes) {
            if (size < 1) {
                throw new ShapeException("every axis needs at least 1 element, found " + text(sizes));
            }
            // Beyond the largest array the count need not be exact, and must not come round to a small one.
            product = Math.multiplyHigh(product, size) == 0 && product * size >= 0 ? product * size : Long.MAX_VALUE;
        }
        if (product > Integer.MAX_VALUE - 64) {
            throw new ShapeException("an array of shape " + text(sizes) + " has "
                    + (product == Long.MAX_VALUE ? "more than 2^63" : Long.toString(product))
                    + " elements, more than fit one array (" + (Integer.MAX_VALUE - 64) + ")");
        }
        this.sizes = sizes;
        this.count = (int) product;
    }

    /**
     * A shape with the given sizes.
     *
     * @throws ShapeException if a size is below 1 or the product exceeds the largest array
     */
    public static Shape of(int... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    /** Number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** Number of elements: the product of all sizes. */
    public int count() {
        return count;
    }

    /** Size along an axis; negative axes count from the end, -1 being the last. */
    public int size(int axis) {
        return sizes[axis(axis)];
    }

    /**
     * The axis as a number from 0; negative ones count from the end.
     *
     * @throws ShapeException if the shape has no such axis
     */
    public int axis(int axis) {
        int resolved = axis < 0 ? axis + sizes.length : axis;
        if (resolved < 0 || resolved >= sizes.length) {
            throw new ShapeException("shape " + this + " has no axis " + axis);
        }
        return resolved;
    }

    /** A copy of the sizes. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** Number of elements before an axis (the product of the sizes left of it). */
    public int outer(int axis) {
        int product = 1;
        for (int i = 0; i < axis; i++) {
            product *= sizes[i];
        }
        return product;
    }

    /** Number of elements after an axis: the distance between neighbours along it. */
    public int inner(int axis) {
        int product = 1;
        for (int i = axis + 1; i < sizes.length; i++) {
            product *= sizes[i];
        }
        return product;
    }

    /** This shape with another size along one axis. */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[axis(axis)] = size;
        return new Shape(changed);
    }

    /** This shape without the given axes (ascending, resolved). */
    public Shape without(int... axes) {
        int[] kept = java.util.stream.IntStream.range(0, sizes.length)
                .filter(i -> Arrays.stream(axes).noneMatch(a -> a == i))
                .map(i -> sizes[i])
                .toArray();
        return of(kept);
    }

    /** Whether the shape is that of a single number. */
    public boolean isScalar() {
        return sizes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** For instance {@code [128, 784]}. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(int[] sizes) {
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
