package io.orrery.engine.plan.compile;

/**
 * How a value is found in the memory of another: element i is element {@code offset + (i / inner) % count} of the
 * source. This covers reshapes, contiguous slices, and the broadcasts that networks use: of a scalar (count 1), a row
 * (inner 1), a column (count rows, inner columns), a channel (inner height * width).
 *
 * @param source the value that has memory
 * @param length elements of the view
 */
record View(Value source, int offset, int inner, int count, int length) {
    /** A value as itself. */
    static View whole(Value value) {
        return new View(value, 0, 1, value.count(), value.count());
    }

    /** Whether element i is element offset + i of the source. */
    boolean isDense() {
        return inner == 1 && count == length;
    }

    /** Whether the view shows its source as it is. */
    boolean isWhole() {
        return isDense() && length == source.count();
    }

    /** Whether every element is the same one. */
    boolean isScalar() {
        return count == 1;
    }

    /** Elements after which the pattern starts anew. */
    long period() {
        return (long) inner * count;
    }
}
