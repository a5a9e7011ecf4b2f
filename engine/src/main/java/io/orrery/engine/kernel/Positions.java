package io.orrery.engine.kernel;

/** Integers that select: checked before anything is read or written with them. */
public final class Positions {
    private Positions() {}

    /** Refuses a position outside 0..size-1. */
    static int check(int position, int size, String what) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(
                    what + ": position " + position + " does not lie within 0.." + (size - 1));
        }
        return position;
    }

    /** to[i] = table[positions[i]]. */
    public static void take(
            int[] table,
            int tableOffset,
            int tableLength,
            int[] positions,
            int positionsOffset,
            int[] to,
            int toOffset,
            int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = table[tableOffset + check(positions[positionsOffset + i], tableLength, "take-indices")];
        }
    }
}
